import type { Grid } from '../raster/grid.ts';
import { counters, floats } from '../raster/scratch.ts';

/** Values this far apart are compared, so that a slight slope shows. */
const distance = 3;
/** Differences are counted in steps this fine. */
const resolution = 8;
const limit = 64;

/**
 * The even slope of the light over a grid: the median difference between neighbours in either direction, which neither
 * ink nor the step of a shadow can move. Answers a plane of mean zero.
 */
export function lightSlope({ values, width, height }: Grid): Float32Array {
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

function medianDifference(values: Float32Array, { count, stride, others, otherStride }: Direction): number {
  const histogram = counters(2 * limit * resolution + 1);
  const step = Math.min(distance, count - 1);
  let total = 0;
  for (let other = 0; other < others; other++) {
    for (let i = 0; i + step < count; i++) {
      const at = other * otherStride + i * stride;
      const difference = values[at + step * stride]! - values[at]!;
      histogram[Math.round((Math.max(-limit, Math.min(limit, difference)) + limit) * resolution)]!++;
      total++;
    }
  }
  if (total === 0) return 0;
  let bin = 0;
  for (let seen = histogram[0]!; seen * 2 < total; ) seen += histogram[++bin]!;
  return (bin / resolution - limit) / step;
}
