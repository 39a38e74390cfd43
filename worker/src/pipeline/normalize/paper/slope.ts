import type { Grid } from '../raster/grid.ts';
import { counters, floats, type Scratch } from '../raster/scratch.ts';

/** Values this many cells apart are compared, so that a slight slope shows. */
const DISTANCE = 3;
/** Steps to a grey level in which differences are counted. */
const RESOLUTION = 8;
/** Larger differences, in grey levels, count as this. */
const DIFFERENCE_MAX = 64;

/**
 * The even slope of the light over a grid, as a plane of mean zero: the median difference between neighbours in either
 * direction. Neither ink nor the step of a shadow moves a median.
 */
export function lightSlope({ values, width, height }: Grid): Scratch<Float32Array> {
  const alongX = medianDifference(values, { count: width, stride: 1, others: height, otherStride: width });
  const alongY = medianDifference(values, { count: height, stride: width, others: width, otherStride: 1 });
  const plane = floats(values.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++)
      plane[i] = alongX * (x - (width - 1) / 2) + alongY * (y - (height - 1) / 2);
  }
  return plane;
}

interface Direction {
  count: number;
  stride: number;
  others: number;
  otherStride: number;
}

function medianDifference(
  values: Scratch<Float32Array>,
  { count, stride, others, otherStride }: Direction,
): number {
  const histogram = counters(2 * DIFFERENCE_MAX * RESOLUTION + 1);
  const step = Math.min(DISTANCE, count - 1);
  let total = 0;
  for (let other = 0; other < others; other++) {
    for (let i = 0; i + step < count; i++) {
      const at = other * otherStride + i * stride;
      const difference = values[at + step * stride] - values[at];
      const bounded = Math.max(-DIFFERENCE_MAX, Math.min(DIFFERENCE_MAX, difference));
      histogram[Math.round((bounded + DIFFERENCE_MAX) * RESOLUTION)]++;
      total++;
    }
  }
  if (total === 0) return 0;
  let bin = 0;
  for (let counted = histogram[0]; counted * 2 < total; ) counted += histogram[++bin];
  return (bin / RESOLUTION - DIFFERENCE_MAX) / step;
}
