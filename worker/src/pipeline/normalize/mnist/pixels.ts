import { type Grid, smaller } from '../raster/grid.ts';
import { percentile } from '../raster/histogram.ts';
import { counters } from '../raster/scratch.ts';

/** Nearly half of MNIST's ink is saturated: the level above which a quarter of the ink lies becomes full. */
const FULL_SHARE = 0.75;
/** Fainter ink, of 255, is a soft edge: it does not count. */
const EDGE_LEVEL = 64;
/** Stretches ink by no more than this: what is fainter stays grey. */
const GAIN_MAX = 1 / 0.6;

/** Turns 28×28 ink of 0…1 into bytes, stretched so that strokes are as full as MNIST's. The bytes are the caller's to keep. */
export function toPixels({ values }: Grid): Uint8Array {
  const levels = counters(256);
  for (let i = 0; i < values.length; i++) {
    const level = (values[i] * 255 + 0.5) | 0;
    if (level >= EDGE_LEVEL) levels[smaller(level, 255)]++;
  }
  const gain = 255 * Math.min(GAIN_MAX, 255 / Math.max(1, percentile(levels, FULL_SHARE)));
  const pixels = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) pixels[i] = smaller(255, values[i] * gain + 0.5);
  return pixels;
}
