import { counters } from '../raster/scratch.ts';

/**
 * The level that the given share of all ink does not exceed, counting only values above the floor. Values weigh by their
 * square, so that a wide faint area (the rim of a pasted photo) does not outvote a few strong strokes. 0 where there is none.
 */
export function inkLevel(values: Float32Array, floor: number, share: number): number {
  const counts = counters(256);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value > floor) counts[value >= 255 ? 255 : value | 0]!++;
  }
  let total = 0;
  for (let level = 0; level < 256; level++) total += counts[level]! * level * level;
  let seen = 0;
  for (let level = 0; level < 256; level++) {
    seen += counts[level]! * level * level;
    if (total > 0 && seen >= share * total) return level;
  }
  return 0;
}
