import type { Cells } from './cells.ts';
import { closeCropSide, type Grid, histogramOf, larger, percentile, smaller } from './grid.ts';
import { doubles } from './scratch.ts';

export type Polarity = 'dark-on-light' | 'light-on-dark';

export function opposite(polarity: Polarity): Polarity {
  return polarity === 'dark-on-light' ? 'light-on-dark' : 'dark-on-light';
}

/** Where it stays unclear on a page, people wrote dark on light. */
const darkPrior = 0.3;

/**
 * Tells whether ink is darker or lighter than what it lies on. Ink is the rarer: it makes the long tail of the
 * differences to the surroundings (steps of a shadow make none), and it seldom lies along the picture's edge. In a close
 * crop ink may be half of the picture: there the edge tells more.
 */
export function findPolarity(cells: Cells): Polarity {
  const isCloseCrop = Math.max(cells.width, cells.height) * cells.side <= closeCropSide;
  const light = isCloseCrop ? 0.5 * tail(cells) + edge(cells) : tail(cells) + edge(cells) - darkPrior;
  return light < 0 ? 'dark-on-light' : 'light-on-dark';
}

/** Skewness of the differences to the local mean, −1 (all dark) to 1 (all light). */
function tail(grid: Grid): number {
  const { values, width, height } = grid;
  const radius = Math.max(2, Math.round(Math.max(width, height) * 0.16));
  const sums = summedArea(grid);
  const wide = width + 1;
  let signed = 0;
  let total = 0;
  const shares = doubles(width);
  for (let x = 0; x < width; x++) shares[x] = 1 / (Math.min(width, x + radius + 1) - Math.max(0, x - radius));
  for (let y = 0, i = 0; y < height; y++) {
    const top = Math.max(0, y - radius);
    const bottom = Math.min(height, y + radius + 1);
    const share = 1 / (bottom - top);
    const upper = top * wide;
    const lower = bottom * wide;
    for (let x = 0; x < width; x++, i++) {
      const left = larger(0, x - radius);
      const right = smaller(width, x + radius + 1);
      const sum = sums[lower + right]! - sums[upper + right]! - sums[lower + left]! + sums[upper + left]!;
      const difference = values[i]! - sum * share * shares[x]!;
      const cube = difference * difference * difference;
      signed += cube;
      total += Math.abs(cube);
    }
  }
  return total > 0 ? signed / total : 0;
}

/** Where the median of the outer rings and corners lies between the darkest and the lightest: 1 (dark) to −1 (light). */
function edge(grid: Grid): number {
  const { values, width, height } = grid;
  const all = histogramOf(values);
  const dark = percentile(all, 0.02);
  const light = percentile(all, 0.98);
  if (light === dark) return 0;
  const scale = 2 / (light - dark);
  let [ring, rings, corner, corners] = [0, 0, 0, 0];
  const short = Math.min(width, height);
  const cornerSide = Math.max(1, Math.round(short / 8));
  // Several rings, so that a thin frame along the very edge has no majority.
  for (const share of [0, 0.04, 0.09]) {
    const inset = Math.round(share * short);
    const add = (x: number, y: number) => {
      const at = larger(-1, smaller(1, 1 - (values[y * width + x]! - dark) * scale));
      ring += at;
      rings++;
      if (Math.min(x, width - 1 - x) > cornerSide || Math.min(y, height - 1 - y) > cornerSide) return;
      corner += at;
      corners++;
    };
    for (let x = inset; x < width - inset; x++) {
      add(x, inset);
      add(x, height - 1 - inset);
    }
    for (let y = inset; y < height - inset; y++) {
      add(inset, y);
      add(width - 1 - inset, y);
    }
  }
  return 0.5 * (ring / rings) + corner / corners;
}

function summedArea({ values, width, height }: Grid): Float64Array {
  const wide = width + 1;
  const sums = doubles(wide * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x]!;
      sums[(y + 1) * wide + x + 1] = sums[y * wide + x + 1]! + row;
    }
  }
  return sums;
}
