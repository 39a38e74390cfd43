import type { Region } from './region.ts';
import { floats, type Scratch } from './scratch.ts';

/** One value per pixel, row-major. */
export interface Grid {
  values: Scratch<Float32Array>;
  width: number;
  height: number;
}

// For loops over pixels: Math.max and Math.min also handle NaN and −0, which takes a third of such a loop's time.

export function larger(a: number, b: number): number {
  // biome-ignore lint/complexity/useMathMinMax: see above
  return a > b ? a : b;
}

export function smaller(a: number, b: number): number {
  // biome-ignore lint/complexity/useMathMinMax: see above
  return a < b ? a : b;
}

/** Cuts a region out, with a margin that is empty where it lies outside the grid. */
export function crop({ values, width, height }: Grid, region: Region, margin: number): Grid {
  const left = region.left - margin;
  const top = region.top - margin;
  const wide = region.right - region.left + 2 * margin;
  const tall = region.bottom - region.top + 2 * margin;
  const cut = floats(wide * tall);
  const fromX = Math.max(0, left);
  const toX = Math.min(width, left + wide);
  for (let y = Math.max(0, top); y < Math.min(height, top + tall); y++) {
    cut.set(values.subarray(y * width + fromX, y * width + toX), (y - top) * wide + fromX - left);
  }
  return { values: cut, width: wide, height: tall };
}
