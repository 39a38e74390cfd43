import type { PenWidth, Point, Stroke } from '../state/sheet.ts';
import type { PenListener } from './pen.ts';
import { SHEET_SQUARES, SHEET_UNITS } from './stroke.ts';

export interface KeyboardPenState {
  /** In sheet units. */
  x: number;
  y: number;
  down: boolean;
}

const SQUARE_UNITS = SHEET_UNITS / SHEET_SQUARES;
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-SQUARE_UNITS, 0],
  ArrowRight: [SQUARE_UNITS, 0],
  ArrowUp: [0, -SQUARE_UNITS],
  ArrowDown: [0, SQUARE_UNITS],
};

/**
 * Draws with the keyboard while the sheet has the focus: arrows move the pen by a square, Space puts it down and
 * lifts it, Escape gives the stroke up, E changes between pen and eraser. Returns the function that ends it.
 */
export function listenToKeys(
  sheet: HTMLElement,
  width: () => PenWidth,
  listener: PenListener & { pen: (state: KeyboardPenState | null) => void; toggle: () => void },
): () => void {
  const ended = new AbortController();
  let at = { x: SHEET_UNITS / 2, y: SHEET_UNITS / 4 };
  let points: Point[] | null = null;

  const report = () => listener.pen({ ...at, down: points !== null });
  const strokeOf = (through: Point[]): Stroke => ({ points: through, pen: width(), pressed: false });

  function finish(): void {
    if (!points) return;
    const done = strokeOf(points);
    points = null;
    listener.finished(done);
  }

  function key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
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
    } else if (event.key.toLowerCase() === 'e' && !points) {
      listener.toggle();
    } else {
      return;
    }
    event.preventDefault();
    report();
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
  return Math.min(SHEET_UNITS - SQUARE_UNITS, Math.max(SQUARE_UNITS, value));
}
