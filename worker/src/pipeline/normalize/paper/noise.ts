import { type Grid, larger, smaller } from '../raster/grid.ts';
import { percentile } from '../raster/histogram.ts';
import { counters, type Scratch } from '../raster/scratch.ts';
import { isCloseCrop } from './close-crop.ts';

/** Pixels this far apart are compared: compression has smoothed the differences between neighbours. */
const DISTANCE = 2;
/** Steps to a grey level in which differences are counted. */
const RESOLUTION = 8;
/** The share of the smallest differences that lies on paper even where ink fills half of the grid. */
const PAPER_SHARE = 0.3;
/**
 * Standard deviation of a normal distribution, over the bound of the smallest 0.3 of the differences between two of its
 * values: 1 / (√2 × 0.385).
 */
const DEVIATION_FACTOR = 1.83;
/** Most noise of a close crop, as a share of its contrast. */
const CLOSE_CROP_NOISE_MAX = 0.04;

/**
 * Standard deviation of the paper, in grey levels, from the differences between pixels in a row. The smallest of them lie on
 * paper, also where a shadow's edge crosses it.
 */
export function paperNoise({ values, width, height }: Grid): number {
  const histogram = counters(256);
  for (let y = 0; y < height; y += 2) {
    for (let i = y * width, end = i + width - DISTANCE; i < end; i++) {
      const difference = Math.abs(values[i + DISTANCE] - values[i]) * RESOLUTION;
      histogram[difference >= 255 ? 255 : difference | 0]++;
    }
  }
  return (DEVIATION_FACTOR * percentile(histogram, PAPER_SHARE)) / RESOLUTION;
}

/** Most noise that a grid is taken to have: a close crop may show no paper to measure it on. */
export function noiseLimit({ values, width, height }: Grid): number {
  if (!isCloseCrop({ width, height })) return Infinity;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    low = smaller(low, values[i]);
    high = larger(high, values[i]);
  }
  return CLOSE_CROP_NOISE_MAX * (high - low);
}

/** What the background estimate left of the paper's level: the median of all values within ±reach. */
export function paperLevel(values: Scratch<Float32Array>, reach: number): number {
  const histogram = counters(256);
  const scale = 127 / reach;
  for (let i = 0; i < values.length; i += 2) {
    const value = values[i];
    if (value > -reach && value < reach) histogram[(value * scale + 127.5) | 0]++;
  }
  const bin = percentile(histogram, 0.5);
  return bin === 255 ? 0 : (bin - 127) / scale;
}
