import type { Point } from './glyphs.ts';

/** Ink per pixel, 0…1, of a picture. */
export interface InkSheet {
  width: number;
  height: number;
  ink: Float32Array;
}

/** Draws a line with a round pen of `radius` pixels, smooth at its edges. */
export function drawLine(sheet: InkSheet, line: readonly Point[], radius: number): void {
  const step = Math.max(0.5, radius / 3);
  let from = line[0]!;
  for (const to of line) {
    const length = Math.sqrt((to[0] - from[0]) ** 2 + (to[1] - from[1]) ** 2);
    const steps = Math.max(1, Math.ceil(length / step));
    for (let at = 0; at <= steps; at += 1) {
      const share = at / steps;
      dab(sheet, from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]), radius);
    }
    from = to;
  }
}

/** One touch of the pen. Without `Math.hypot`, which takes ten times as long, and without a root within the touch. */
function dab({ width, height, ink }: InkSheet, x: number, y: number, radius: number): void {
  const reach = radius + 0.5;
  const full = Math.max(0, radius - 0.5) ** 2;
  const [top, bottom] = [Math.max(0, Math.ceil(y - reach)), Math.min(height - 1, Math.floor(y + reach))];
  const [left, right] = [Math.max(0, Math.ceil(x - reach)), Math.min(width - 1, Math.floor(x + reach))];
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const squared = (column - x) ** 2 + (row - y) ** 2;
      const cover = squared <= full ? 1 : reach - Math.sqrt(squared);
      const at = row * width + column;
      if (cover > ink[at]!) ink[at] = cover;
    }
  }
}
