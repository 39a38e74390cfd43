import type { PenWidth, Point, Stroke } from '../state/sheet.ts';
import { SHEET_UNITS } from './stroke.ts';

/** For this long after a pen a touch is a palm: between two strokes of one digit it may be lifted and put down again. */
const PALM_MS = 1500;

export interface PenListener {
  /** The stroke so far, with the pen still down; null when it was given up. */
  moved: (unfinished: Stroke | null) => void;
  finished: (stroke: Stroke) => void;
}

/**
 * Turns the pointer events of a sheet into strokes: mouse, finger, or pen with pressure. A pen takes over from a touch, which
 * then was the palm of its hand. Returns the function that ends it.
 */
export function listenToPen(sheet: HTMLElement, width: () => PenWidth, listener: PenListener): () => void {
  const ended = new AbortController();
  let pointer: number | null = null;
  let points: Point[] = [];
  let stroke: Stroke | null = null;
  let penAt = Number.NEGATIVE_INFINITY;

  function pointOf(event: PointerEvent): Point {
    const box = sheet.getBoundingClientRect();
    const scale = SHEET_UNITS / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale, event.pressure];
  }

  function down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const isPen = event.pointerType === 'pen';
    if (isPen) penAt = event.timeStamp;
    else if (event.pointerType === 'touch' && event.timeStamp - penAt < PALM_MS) return;
    // The end of this pointer's last stroke was not reported.
    if (event.pointerId === pointer) finish();
    if (stroke && (!isPen || stroke.pressed)) return;
    pointer = event.pointerId;
    points = [pointOf(event)];
    stroke = { points, pen: width(), pressed: isPen };
    capture(sheet, pointer);
    listener.moved(stroke);
  }

  function move(event: PointerEvent): void {
    if (event.pointerId !== pointer || !stroke) return;
    if (stroke.pressed) penAt = event.timeStamp;
    const between = event.getCoalescedEvents?.() ?? [];
    for (const each of between.length > 0 ? between : [event]) points.push(pointOf(each));
    stroke = { ...stroke, points };
    listener.moved(stroke);
  }

  function finish(): void {
    if (!stroke) return;
    const done = stroke;
    pointer = null;
    stroke = null;
    listener.finished(done);
  }

  function up(event: PointerEvent): void {
    if (event.pointerId === pointer) finish();
  }

  function cancel(event: PointerEvent): void {
    if (event.pointerId !== pointer || !stroke) return;
    if (stroke.pressed) {
      // The system takes touches of a palm for a mistake, never a pen: what was drawn stays.
      finish();
      return;
    }
    pointer = null;
    stroke = null;
    listener.moved(null);
  }

  const { signal } = ended;
  sheet.addEventListener('pointerdown', down, { signal });
  sheet.addEventListener('pointermove', move, { signal });
  sheet.addEventListener('pointerup', up, { signal });
  sheet.addEventListener('pointercancel', cancel, { signal });
  sheet.addEventListener('lostpointercapture', up, { signal });
  // Else an iPad takes the quick strokes of a pencil for handwriting or a gesture, and swallows them.
  sheet.addEventListener('touchmove', (event) => event.preventDefault(), { signal, passive: false });
  return () => ended.abort();
}

/** So that a stroke goes on outside of the sheet. A quick tap may be over before. */
function capture(sheet: HTMLElement, pointer: number): void {
  try {
    sheet.setPointerCapture(pointer);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
