import type { PenListener } from './pen.ts';
import { type PenWidth, type Point, SHEET_SQUARES, SHEET_UNITS, type Stroke } from './stroke.ts';

export interface KeyboardPenState {
  /** In sheet units. */
  x: number;
  y: number;
  down: boolean;
}

const SQUARE = SHEET_UNITS / SHEET_SQUARES;
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-SQUARE, 0],
  ArrowRight: [SQUARE, 0],
  ArrowUp: [0, -SQUARE],
  ArrowDown: [0, SQUARE],
};

/**
 * Draws with the keyboard while the sheet has the focus: arrows move the pen by a square, Space puts it down and
 * lifts it, Escape breaks the stroke off. Returns what ends it.
 */
export function listenToKeys(
  sheet: HTMLElement,
  width: () => PenWidth,
  listener: PenListener & { pen: (state: KeyboardPenState | null) => void },
): () => void {
  const ended = new AbortController();
  let at = { x: SHEET_UNITS / 2, y: SHEET_UNITS / 4 };
  let points: Point[] | null = null;

  const told = () => listener.pen({ ...at, down: points !== null });
  const strokeOf = (through: Point[]): Stroke => ({ points: through, pen: width(), pressed: false });

  function finish(): void {
    if (!points) return;
    const done = strokeOf(points);
    points = null;
    listener.finished(done);
  }

  function key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    if (step) {
      at = { x: clamp(at.x + step[0]), y: clamp(at.y + step[1]) };
      points?.push([at.x, at.y, 0.5]);
      if (points) listener.moved(strokeOf(points));
    } else if (event.key === ' ') {
      if (points) finish();
      else points = [[at.x, at.y, 0.5]];
    } else if (event.key === 'Escape' && points) {
      points = null;
      listener.moved(null);
    } else {
      return;
    }
    event.preventDefault();
    told();
  }

  function leave(): void {
    finish();
    listener.pen(null);
  }

  const { signal } = ended;
  sheet.addEventListener('keydown', key, { signal });
  sheet.addEventListener('blur', leave, { signal });
  return () => ended.abort();
}

function clamp(value: number): number {
  return Math.min(SHEET_UNITS - SQUARE, Math.max(SQUARE, value));
}
