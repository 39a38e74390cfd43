import { type EntrySource, entryOf } from '../state/history-entry.ts';
import { DRAWING, type PageState } from '../state/page.ts';
import type { Answer } from '../state/tracked-prediction.ts';
import type { History } from './history.ts';

/** A drawing is read again and again: what stands unchanged for this long is its reading. */
const SETTLED_MS = 1500;

export interface Recorder {
  /** The page has changed. */
  changed: (state: PageState) => void;
  /** The page goes away: what has not settled yet is kept as it stands. */
  flush: () => void;
}

/**
 * Keeps what the page has had read: each picture's answer as it comes, and of a drawing one answer, the last before it
 * was cleared or while it rests. Who draws on replaces it.
 */
export function createRecorder(history: Pick<History, 'add' | 'remove'>, first: PageState): Recorder {
  const known = new WeakSet<Answer>();
  let before = first;
  let unsettled: Answer | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Id of the current drawing's entry. */
  let kept: string | null = null;

  function flush(): void {
    clearTimeout(timer);
    if (!unsettled) return;
    const entry = entryOf(unsettled.prediction, { kind: DRAWING });
    unsettled = null;
    if (!entry) return;
    if (kept !== null) history.remove([kept]);
    kept = entry.id;
    history.add([entry]);
  }

  function drawingChanged({ drawing, sheet }: PageState): void {
    if (drawing.phase === 'idle') {
      flush();
      kept = null;
      return;
    }
    if (drawing.answer && drawing.answer !== before.drawing.answer) unsettled = drawing.answer;
    else if (sheet.strokes === before.sheet.strokes) return;
    clearTimeout(timer);
    timer = setTimeout(flush, SETTLED_MS);
  }

  function picturesChanged({ pictures }: PageState): void {
    const entries = pictures.flatMap(({ name, reading: { answer } }) => {
      if (!answer || known.has(answer)) return [];
      known.add(answer);
      const source: EntrySource = { kind: 'file', name };
      return entryOf(answer.prediction, source) ?? [];
    });
    if (entries.length > 0) history.add(entries);
  }

  return {
    flush,
    changed(state) {
      if (state.drawing !== before.drawing || state.sheet !== before.sheet) drawingChanged(state);
      if (state.pictures !== before.pictures) picturesChanged(state);
      before = state;
    },
  };
}
