import { closeCropSide, type Grid, larger, percentile, smaller } from '../raster/grid.ts';
import { counters } from '../raster/scratch.ts';

/** Pixels so far apart are compared: next to each other, compression has smoothed them. */
const noiseDistance = 2;
const noiseResolution = 8;

/**
 * Standard deviation of the paper, from the differences between pixels in a row. The smallest third of them lies on
 * paper even where ink fills half of the picture, or a shadow's edge crosses it; a normal distribution gives the factor.
 */
export function paperNoise({ values, width, height }: Grid): number {
  const histogram = counters(256);
  for (let y = 0; y < height; y += 2) {
    for (let i = y * width, end = i + width - noiseDistance; i < end; i++) {
      const difference = Math.abs(values[i + noiseDistance]! - values[i]!) * noiseResolution;
      histogram[difference >= 255 ? 255 : difference | 0]!++;
    }
  }
  return (1.83 * percentile(histogram, 0.3)) / noiseResolution;
}

/** A small close crop may show no paper from which to tell its noise: there, it is taken to be little. */
export function noiseLimit({ values, width, height }: Grid): number {
  if (Math.max(width, height) > closeCropSide) return Infinity;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    low = smaller(low, values[i]!);
    high = larger(high, values[i]!);
  }
  return 0.04 * (high - low);
}

/** What the background estimate left of the paper's level: the median of all that is near it. */
export function paperLevel(values: Float32Array, reach: number): number {
  const histogram = counters(256);
  const scale = 127 / reach;
  for (let i = 0; i < values.length; i += 2) {
    const value = values[i]!;
    if (value > -reach && value < reach) histogram[(value * scale + 127.5) | 0]!++;
  }
  const bin = percentile(histogram, 0.5);
  return bin === 255 ? 0 : (bin - 127) / scale;
}
