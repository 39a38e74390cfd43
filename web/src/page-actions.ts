import { drawingToPng } from './draw/export.ts';
import { sampleStroke } from './draw/sample.ts';
import { drawByHand } from './draw/sample-hand.ts';
import { inkExtent, type Stroke } from './draw/stroke.ts';
import { createPacer, type Pacer } from './reading/pacer.ts';
import type { Reader } from './reading/reader.ts';
import { DRAWING, type PageAction, type PageState } from './state/page.ts';
import type { SheetEvent } from './state/sheet.ts';
import type { Store } from './state/store.ts';
import { texts } from './texts.ts';

/** A drawing is read about three times a second while it takes shape. */
const READ_INTERVAL_MS = 250;
const READ_PATIENCE_MS = 2000;
/** While the pen is down, ink that spans less than this is a beginning, not yet worth a reading. In sheet units. */
const READABLE_UNITS = 40;

export interface PageActions {
  /** The pen is down: what is drawn by now, the unfinished stroke included. */
  penMoved: (strokes: readonly Stroke[]) => void;
  changeSheet: (event: SheetEvent) => void;
  drawSample: () => void;
  addPictures: (files: readonly File[]) => void;
  show: (key: string) => void;
  removePicture: (key: string) => void;
  removeAllPictures: () => void;
  retry: (key: string) => void;
  /** Tries again, at once, what failed because the service could not be reached. */
  retryUnreached: () => void;
}

/** What people can do on the page, in terms of its store and of the reader. */
export function createPageActions(store: Store<PageState, PageAction>, reader: Reader): PageActions {
  let ink: readonly Stroke[] = [];
  let samples = 0;
  let endSample = () => {};
  let pictureCount = 0;
  const pacer: Pacer = createPacer({
    run: () => reader.read({ key: DRAWING, picture: () => drawingToPng(ink) }),
    intervalMs: READ_INTERVAL_MS,
    patienceMs: READ_PATIENCE_MS,
  });

  function inkChanged(strokes: readonly Stroke[]): void {
    ink = strokes;
    if (ink.length === 0) {
      pacer.reset();
      store.dispatch({ type: 'drawing-dropped', token: reader.drop(DRAWING) });
    } else if ((store.state().drawing.failure?.retryAt ?? null) === null) {
      pacer.changed();
    }
    // Otherwise the next try is already planned, and will send what is drawn by then.
  }

  function inkGrew(strokes: readonly Stroke[]): void {
    if (strokes.length === 0 || inkExtent(strokes) >= READABLE_UNITS) inkChanged(strokes);
  }

  function changeByHand(event: SheetEvent): void {
    endSample();
    changeSheet(event);
  }

  function changeSheet(event: SheetEvent): void {
    const before = store.state().sheet.strokes;
    store.dispatch({ type: 'sheet', event });
    const after = store.state().sheet.strokes;
    if (after !== before) inkChanged(after);
  }

  function forget(keys: readonly string[]): void {
    for (const picture of store.state().pictures) {
      if (!keys.includes(picture.key)) continue;
      reader.drop(picture.key);
      URL.revokeObjectURL(picture.preview);
    }
  }

  return {
    penMoved(strokes) {
      endSample();
      inkGrew(strokes);
    },
    changeSheet: changeByHand,
    drawSample() {
      endSample();
      // 3 first, then every digit in turn: 7 shares no factor with 10.
      const digit = (3 + 7 * samples) % 10;
      samples += 1;
      let begun = false;
      endSample = drawByHand(sampleStroke(digit), (stroke) => {
        store.dispatch({ type: 'sheet', event: { type: begun ? 'sample-grown' : 'sample', stroke } });
        begun = true;
        inkGrew([stroke]);
      });
    },
    addPictures(files) {
      const pictures = files.map((file) => ({
        key: `picture-${pictureCount++}`,
        name: file.name || texts.pastedName,
        bytes: file.size,
        preview: URL.createObjectURL(file),
      }));
      store.dispatch({ type: 'pictures-added', pictures });
      pictures.forEach(({ key }, index) => {
        void reader.read({ key, picture: () => Promise.resolve(files[index]!) });
      });
    },
    show: (key) => store.dispatch({ type: 'shown', key }),
    removePicture(key) {
      forget([key]);
      store.dispatch({ type: 'picture-removed', key });
    },
    removeAllPictures() {
      forget(store.state().pictures.map((picture) => picture.key));
      store.dispatch({ type: 'pictures-cleared' });
    },
    retry: reader.retry,
    retryUnreached() {
      const { drawing, pictures } = store.state();
      for (const { key, reading } of [{ key: DRAWING, reading: drawing }, ...pictures]) {
        const code = reading.failure?.code;
        if (code === 'offline' || code === 'unreachable') reader.retry(key);
      }
    },
  };
}
