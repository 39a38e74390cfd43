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

/** The value that the given share (0…1) of the values does not exceed; `histogram` counts values 0…255. */
export function percentile(histogram: Uint32Array, share: number): number {
  let total = 0;
  for (const count of histogram) total += count;
  const wanted = total * share;
  let seen = 0;
  for (let value = 0; value < histogram.length; value++) {
    seen += histogram[value]!;
    if (seen >= wanted && seen > 0) return value;
  }
  return histogram.length - 1;
}

/** How often each value occurs, rounded to 0…255; values outside count at the ends. */
export function histogramOf(values: Float32Array): Uint32Array {
  const histogram = new Uint32Array(256);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    histogram[value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0]!++;
  }
  return histogram;
}

/** Pictures up to this long side are taken for close crops of a digit: their edge is no page's edge, their lines are strokes. */
export const closeCropSide = 40;
