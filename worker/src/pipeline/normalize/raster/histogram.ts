import { counters, type Scratch } from './scratch.ts';

/** How often each value occurs, rounded to 0…255; values outside count at the ends. */
export function histogramOf(values: Scratch<Float32Array>): Scratch<Uint32Array> {
  const histogram = counters(256);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    histogram[value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0]++;
  }
  return histogram;
}

/** The lowest value that at least the given share (0…1) of all counted values does not exceed. */
export function percentile(histogram: Scratch<Uint32Array>, share: number): number {
  let total = 0;
  for (let value = 0; value < histogram.length; value++) total = (total + histogram[value]) | 0;
  const wanted = Math.max(1, Math.ceil(total * share));
  const last = histogram.length - 1;
  let value = 0;
  for (
    let counted = histogram[0];
    counted < wanted && value < last;
    counted = (counted + histogram[value]) | 0
  )
    value++;
  return value;
}
