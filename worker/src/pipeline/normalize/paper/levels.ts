import { smaller } from '../raster/grid.ts';
import type { Scratch } from '../raster/scratch.ts';

/** Two levels of a grid: ink and paper, paper and desk. */
export interface Split {
  /** Means of the two levels: of the one with fewer pixels, and of the other. */
  rarer: number;
  common: number;
  /** Share of all variance that lies between the two, 0…1. */
  explained: number;
  /** Share of the rarer level's pixels. */
  share: number;
}

/** Otsu's method: the two levels between which most of the variance lies. */
export function splitLevels(histogram: Scratch<Uint32Array>): Split {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let value = 0; value < 256; value++) {
    count += histogram[value];
    sum += histogram[value] * value;
    squares += histogram[value] * value * value;
  }
  const variance = squares / count - (sum / count) ** 2;
  const split: Split = { rarer: 0, common: 0, explained: 0, share: 0 };
  let below = 0;
  let belowSum = 0;
  for (let value = 0; value < 255; value++) {
    below += histogram[value];
    belowSum += histogram[value] * value;
    if (below === 0 || below === count) continue;
    const dark = belowSum / below;
    const light = (sum - belowSum) / (count - below);
    const share = below / count;
    const explained = (share * (1 - share) * (light - dark) ** 2) / variance;
    if (explained <= split.explained) continue;
    split.explained = explained;
    split.share = smaller(share, 1 - share);
    [split.rarer, split.common] = share < 0.5 ? [dark, light] : [light, dark];
  }
  return split;
}
