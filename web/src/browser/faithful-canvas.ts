/** Side of the canvas that {@link isFaithful} needs at least. */
export const PROBE_PIXELS = 16;

/** Whether the browser gives out what a canvas shows: a protection against fingerprinting returns something else. Paints on it. */
export function isFaithful(context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D): boolean {
  context.fillStyle = '#fff';
  context.fillRect(0, 0, PROBE_PIXELS, PROBE_PIXELS);
  const { data } = context.getImageData(0, 0, PROBE_PIXELS, PROBE_PIXELS);
  return data.every((value) => value > 200);
}
