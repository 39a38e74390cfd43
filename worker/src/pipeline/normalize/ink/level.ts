import { counters, type Scratch } from '../raster/scratch.ts';

/**
 * The level that the given share of all ink does not exceed, of the values above the floor. Values weigh by their square,
 * so that a wide faint area (the rim of a pasted photo) does not outvote a few strong strokes. 0 where there is no ink.
 */
export function inkLevel(values: Scratch<Float32Array>, floor: number, share: number): number {
  const counts = counters(256);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value > floor) counts[value >= 255 ? 255 : value | 0]++;
  }
  let total = 0;
  for (let level = 0; level < 256; level++) total += counts[level] * level * level;
  let counted = 0;
  for (let level = 0; level < 256; level++) {
    counted += counts[level] * level * level;
    if (total > 0 && counted >= share * total) return level;
  }
  return 0;
}
