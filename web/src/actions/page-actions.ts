import { animateStroke } from '../draw/animate-stroke.ts';
import { drawingToPng } from '../draw/drawing-to-png.ts';
import { sampleStroke } from '../draw/sample-stroke.ts';
import { inkExtent } from '../draw/stroke.ts';
import type { HistoryEntry } from '../state/history-entry.ts';
import { DRAWING, LINKED, type PageStore } from '../state/page.ts';
import type { Place } from '../state/place.ts';
import type { SheetEvent, Stroke } from '../state/sheet.ts';
import type { BatchActions } from './batch-actions.ts';
import { createImageActions } from './image-actions.ts';
import type { LoadImage } from './sending/load-image.ts';
import { createPacer } from './sending/pacer.ts';
import type { PredictionTracker } from './sending/prediction-tracker.ts';

/** A drawing is sent about three times a second while it takes shape. */
const SEND_INTERVAL_MS = 250;
const SEND_PATIENCE_MS = 2000;
/** In sheet units: while the pen is down, smaller ink than this is a beginning and not yet worth sending. */
const INK_MIN_UNITS = 40;

/** What people can do on the page. */
export function createPageActions(options: {
  store: PageStore;
  tracker: PredictionTracker;
  batches: BatchActions;
  load: LoadImage;
  history: { find: (id: string) => HistoryEntry | null };
}) {
  const { store, tracker, batches, load, history } = options;
  const images = createImageActions({ store, tracker, load, addBatch: batches.add });
  let ink: readonly Stroke[] = [];
  let samples = 0;
  let endSample = () => {};
  const pacer = createPacer({
    run: () => tracker.start({ key: DRAWING, image: () => drawingToPng(ink) }),
    intervalMs: SEND_INTERVAL_MS,
    patienceMs: SEND_PATIENCE_MS,
  });

  function inkChanged(strokes: readonly Stroke[]): void {
    ink = strokes;
    if (ink.length === 0) {
      pacer.reset();
      store.dispatch({ type: 'drawing-dropped', token: tracker.cancel(DRAWING) });
    } else if ((store.state().drawing.failure?.retryAt ?? null) === null) {
      pacer.changed();
    }
    // Otherwise the next try is already planned, and will send the drawing as it is then.
  }

  function inkGrew(strokes: readonly Stroke[]): void {
    if (strokes.length === 0 || inkExtent(strokes) >= INK_MIN_UNITS) inkChanged(strokes);
  }

  return {
    ...images,
    /** The pen is down: `strokes` include the unfinished one. */
    penMoved(strokes: readonly Stroke[]): void {
      endSample();
      inkGrew(strokes);
    },
    changeSheet(event: SheetEvent): void {
      endSample();
      const before = store.state().sheet.strokes;
      store.dispatch({ type: 'sheet', event });
      const after = store.state().sheet.strokes;
      if (after !== before) inkChanged(after);
    },
    drawSample(): void {
      endSample();
      // 3 first, then every digit in turn: 7 shares no factor with 10.
      const digit = (3 + 7 * samples) % 10;
      samples += 1;
      let begun = false;
      endSample = animateStroke(sampleStroke(digit), (stroke) => {
        store.dispatch({ type: 'sheet', event: { type: begun ? 'sample-grown' : 'sample', stroke } });
        begun = true;
        inkGrew([stroke]);
      });
    },
    /** Goes on with what an earlier load of the page has left: reads the drawing, and follows what was sent. */
    resume(): void {
      const { strokes } = store.state().sheet;
      if (strokes.length > 0) inkChanged(strokes);
      images.resumeImages();
    },
    /** The page is at `place` from now on. */
    visit(place: Place): void {
      const entry = place.name === 'result' ? history.find(place.id) : null;
      store.dispatch({ type: 'place', place, token: tracker.drop(LINKED), entry });
      if (place.name === 'result') void tracker.start({ key: LINKED, id: place.id });
      if (place.name === 'batch') batches.visit(place.id);
    },
    selectDigit: (key: string, index: number) => store.dispatch({ type: 'digit-selected', key, index }),
    retry: (key: string) => tracker.retry(key),
    /** Tries again, at once, every prediction that failed because the service could not be reached. */
    retryUnreached(): void {
      const { drawing, linked, images } = store.state();
      const singles = [
        { key: DRAWING, tracked: drawing },
        { key: LINKED, tracked: linked },
      ];
      batches.retryUnreached();
      for (const { key, tracked } of [...singles, ...images]) {
        const code = tracked.failure?.code;
        if (code === 'offline' || code === 'unreachable') tracker.retry(key);
      }
    },
  };
}
export type PageActions = ReturnType<typeof createPageActions>;
