import { type EntrySource, toHistoryEntry } from '../state/history-entry.ts';
import { DRAWING, type PageState } from '../state/page.ts';
import type { SucceededPrediction } from '../state/prediction/tracked-prediction.ts';
import type { History } from './history.ts';

/** A drawing gets many results while it takes shape: the one that stands unchanged for this long is recorded. */
const SETTLED_MS = 1500;

/**
 * Records results in the history: of each image the result as it comes; of a drawing one result, the last before it was
 * cleared or while it rests. When the drawing goes on, its next result replaces that one.
 */
export function createRecorder(
  history: Pick<History, 'add' | 'remove'>,
  first: PageState,
  /** Id of the entry of the drawing that the page begins with; null when it has none. */
  firstDrawingId: string | null = null,
) {
  const recorded = new WeakSet<SucceededPrediction>();
  let before = first;
  let unsettled: SucceededPrediction | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Id of the current drawing's entry. */
  let drawingId = firstDrawingId;

  function flush(): void {
    clearTimeout(timer);
    if (!unsettled) return;
    const entry = toHistoryEntry(unsettled.prediction, { kind: DRAWING });
    unsettled = null;
    if (!entry) return;
    if (drawingId !== null) history.remove([drawingId]);
    drawingId = entry.id;
    history.add([entry]);
  }

  function drawingChanged({ drawing, sheet }: PageState): void {
    // Recorded already, before the page was loaded again; its entry may have been deleted since.
    if (firstDrawingId !== null && sheet.strokes === first.sheet.strokes) return;
    if (drawing.phase === 'idle') {
      flush();
      drawingId = null;
      return;
    }
    if (drawing.succeeded && drawing.succeeded !== before.drawing.succeeded) unsettled = drawing.succeeded;
    else if (sheet.strokes === before.sheet.strokes) return;
    clearTimeout(timer);
    timer = setTimeout(flush, SETTLED_MS);
  }

  function imagesChanged({ images }: PageState): void {
    const entries = images.flatMap(({ name, recorded: isRecorded, tracked: { succeeded } }) => {
      if (!succeeded || isRecorded || recorded.has(succeeded)) return [];
      recorded.add(succeeded);
      const source: EntrySource = { kind: 'file', name };
      return toHistoryEntry(succeeded.prediction, source) ?? [];
    });
    if (entries.length > 0) history.add(entries);
  }

  return {
    /** Id of the current drawing's entry; null while it has none. */
    drawingId: () => drawingId,
    /** The page goes away: records the drawing's last result even if it has not settled. */
    flush,
    /** The page has changed. */
    changed(state: PageState): void {
      if (state.drawing !== before.drawing || state.sheet !== before.sheet) drawingChanged(state);
      if (state.images !== before.images) imagesChanged(state);
      before = state;
    },
  };
}
