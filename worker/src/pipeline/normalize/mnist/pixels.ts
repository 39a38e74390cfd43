import { type Grid, percentile, smaller } from '../raster/grid.ts';
import { counters } from '../raster/scratch.ts';

/** Nearly half of MNIST's ink is saturated: the level above which a quarter of the ink lies becomes full. */
const fullShare = 0.75;
/** Ink this faint, of 255, is edge and not asked for its level. */
const edgeLevel = 64;
/** Never stretch by more than this. */
const gainMax = 1 / 0.6;

/** 28×28 ink of 0…1 as bytes, stretched so that strokes are as full as MNIST's. */
export function toPixels({ values }: Grid): Uint8Array {
  const levels = counters(256);
  for (let i = 0; i < values.length; i++) {
    const level = (values[i]! * 255 + 0.5) | 0;
    if (level >= edgeLevel) levels[smaller(level, 255)]!++;
  }
  const gain = 255 * Math.min(gainMax, 255 / Math.max(1, percentile(levels, fullShare)));
  const pixels = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) pixels[i] = smaller(255, values[i]! * gain + 0.5);
  return pixels;
}
