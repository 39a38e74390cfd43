import type { Grid } from './grid.ts';

/** Mean thickness of strokes in pixels: their mass divided by half of their outline. Soft edges count by their value. */
export function strokeThickness({ values, width, height }: Grid): number {
  let mass = 0;
  let outline = 0;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const value = values[i];
      const right = x + 1 < width ? values[i + 1] : 0;
      const below = y + 1 < height ? values[i + width] : 0;
      mass += value;
      if (value !== right || value !== below)
        outline += Math.sqrt((value - right) ** 2 + (value - below) ** 2);
      if (x === 0) outline += value;
      if (y === 0) outline += value;
    }
  }
  return outline > 0 ? (2 * mass) / outline : 0;
}
