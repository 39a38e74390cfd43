import { counters, floats } from './scratch.ts';

/** One value per pixel, row-major. */
export interface Grid {
  values: Float32Array;
  width: number;
  height: number;
}

/** A rectangle of whole pixels; `right` and `bottom` lie outside it. */
export interface Region {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function longSide({ left, top, right, bottom }: Region): number {
  return Math.max(right - left, bottom - top);
}

// In loops over pixels: Math.max and Math.min also mind NaN and −0, which takes a third of such a loop's time.

export function larger(a: number, b: number): number {
  // biome-ignore lint/complexity/useMathMinMax: see above
  return a > b ? a : b;
}

export function smaller(a: number, b: number): number {
  // biome-ignore lint/complexity/useMathMinMax: see above
  return a < b ? a : b;
}

/** The value that the given share (0…1) of the values does not exceed; `histogram` counts values 0…255. */
export function percentile(histogram: Uint32Array, share: number): number {
  let total = 0;
  for (let value = 0; value < histogram.length; value++) total = (total + histogram[value]!) | 0;
  const wanted = Math.max(1, Math.ceil(total * share));
  const last = histogram.length - 1;
  let value = 0;
  for (let seen = histogram[0]!; seen < wanted && value < last; seen = (seen + histogram[value]!) | 0)
    value++;
  return value;
}

/** How often each value occurs, rounded to 0…255; values outside count at the ends. */
export function histogramOf(values: Float32Array): Uint32Array {
  const histogram = counters(256);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    histogram[value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0]!++;
  }
  return histogram;
}

/** Pictures up to this long side are taken for close crops of a digit: their edge is no page's edge, their lines are strokes. */
export const closeCropSide = 40;

/** Widens a region so that it holds another. */
export function include(bounds: Region, { left, top, right, bottom }: Region): void {
  bounds.left = Math.min(bounds.left, left);
  bounds.top = Math.min(bounds.top, top);
  bounds.right = Math.max(bounds.right, right);
  bounds.bottom = Math.max(bounds.bottom, bottom);
}

/** The smallest region that holds all the given ones. */
export function boundsOf(regions: Region[]): Region {
  const bounds = { left: Infinity, top: Infinity, right: 0, bottom: 0 };
  for (const region of regions) include(bounds, region);
  return bounds;
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
