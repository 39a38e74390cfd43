import { drawByHand } from '../draw/animate-stroke.ts';
import { drawingToPng } from '../draw/drawing-to-png.ts';
import { sampleStroke } from '../draw/sample-stroke.ts';
import { inkExtent, type Stroke } from '../draw/stroke.ts';
import type { HistoryEntry } from '../state/history-entry.ts';
import { DRAWING, LINKED, type PageAction, type PageState } from '../state/page.ts';
import type { Place } from '../state/place.ts';
import type { SheetEvent } from '../state/sheet.ts';
import type { Store } from '../state/store.ts';
import type { BatchReader } from './batch-tracker.ts';
import { createPictureActions, type PictureActions } from './image-actions.ts';
import { createPacer, type Pacer } from './pacer.ts';
import type { Reader } from './prediction-tracker.ts';

/** A drawing is read about three times a second while it takes shape. */
const READ_INTERVAL_MS = 250;
const READ_PATIENCE_MS = 2000;
/** While the pen is down, ink that spans less than this is a beginning, not yet worth a reading. In sheet units. */
const READABLE_UNITS = 40;

export interface PageActions extends PictureActions {
  /** The pen is down: what is drawn by now, the unfinished stroke included. */
  penMoved: (strokes: readonly Stroke[]) => void;
  changeSheet: (event: SheetEvent) => void;
  drawSample: () => void;
  /** The page is at `place` from now on. */
  visit: (place: Place) => void;
  retry: (key: string) => void;
  /** Tries again, at once, what failed because the service could not be reached. */
  retryUnreached: () => void;
}

/** What people can do on the page, in terms of its store, of the readers, and of what this browser remembers. */
export function createPageActions(options: {
  store: Store<PageState, PageAction>;
  reader: Reader;
  batches: BatchReader;
  history: { find: (id: string) => HistoryEntry | null };
}): PageActions {
  const { store, reader, batches, history } = options;
  const pictures = createPictureActions(store, reader, batches);
  let ink: readonly Stroke[] = [];
  let samples = 0;
  let endSample = () => {};
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

  return {
    ...pictures,
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
    visit(place) {
      const kept = place.name === 'result' ? history.find(place.id) : null;
      store.dispatch({ type: 'place', place, token: reader.drop(LINKED), kept });
      if (place.name === 'result') void reader.read({ key: LINKED, id: place.id });
    },
    retry(key) {
      if (key === DRAWING || key === LINKED) reader.retry(key);
      else pictures.retryPicture(key);
    },
    retryUnreached() {
      const { drawing, linked, pictures } = store.state();
      const singles = [
        { key: DRAWING, reading: drawing },
        { key: LINKED, reading: linked },
      ];
      batches.retryAll();
      for (const { key, reading } of [...singles, ...pictures]) {
        const code = reading.failure?.code;
        if (code === 'offline' || code === 'unreachable') reader.retry(key);
      }
    },
  };
}
