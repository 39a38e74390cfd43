import type { PenWidth, Point, Stroke } from '../state/sheet.ts';
import { SHEET_UNITS } from './stroke.ts';

export interface PenListener {
  /** The stroke so far, with the pen still down; null when it was given up. */
  moved: (unfinished: Stroke | null) => void;
  finished: (stroke: Stroke) => void;
}

/** Turns the pointer events of a sheet into strokes: mouse, finger, or pen with pressure. Returns the function that ends it. */
export function listenToPen(sheet: HTMLElement, width: () => PenWidth, listener: PenListener): () => void {
  const ended = new AbortController();
  let pointer: number | null = null;
  let points: Point[] = [];
  let stroke: Stroke | null = null;

  function pointOf(event: PointerEvent): Point {
    const box = sheet.getBoundingClientRect();
    const scale = SHEET_UNITS / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale, event.pressure];
  }

  function down(event: PointerEvent): void {
    if (pointer !== null || !event.isPrimary || event.button !== 0) return;
    pointer = event.pointerId;
    sheet.setPointerCapture(pointer);
    points = [pointOf(event)];
    stroke = { points, pen: width(), pressed: event.pointerType === 'pen' };
    listener.moved(stroke);
  }

  function move(event: PointerEvent): void {
    if (event.pointerId !== pointer || !stroke) return;
    const between = event.getCoalescedEvents?.() ?? [];
    for (const each of between.length > 0 ? between : [event]) points.push(pointOf(each));
    stroke = { ...stroke, points };
    listener.moved(stroke);
  }

  function up(event: PointerEvent): void {
    if (event.pointerId !== pointer || !stroke) return;
    const done = stroke;
    pointer = null;
    stroke = null;
    listener.finished(done);
  }

  function cancel(event: PointerEvent): void {
    if (event.pointerId !== pointer) return;
    pointer = null;
    stroke = null;
    listener.moved(null);
  }

  const { signal } = ended;
  sheet.addEventListener('pointerdown', down, { signal });
  sheet.addEventListener('pointermove', move, { signal });
  sheet.addEventListener('pointerup', up, { signal });
  sheet.addEventListener('pointercancel', cancel, { signal });
  return () => ended.abort();
}
