import { counters, type Scratch } from '../raster/scratch.ts';

/** The share of the ink up to whose level ink becomes full: soft edges lie below. */
const FULL_SHARE = 0.75;
/** Where ink begins: this many standard deviations above paper, … */
const NOISE_DEVIATIONS = 3;
/** … but at most at this share of the contrast. */
const NOISE_CONTRAST_MAX = 0.3;

/** Where ink begins and how much it is stretched, so that it goes from 0 at the paper's noise to 1 where it is full. */
export function inkRange(
  ink: Scratch<Float32Array>,
  noise: number,
): { contrast: number; low: number; gain: number } {
  const contrast = inkLevel(ink, 0, FULL_SHARE);
  const low = Math.min(NOISE_DEVIATIONS * noise, NOISE_CONTRAST_MAX * contrast);
  return { contrast, low, gain: 1 / (contrast - low) };
}

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
