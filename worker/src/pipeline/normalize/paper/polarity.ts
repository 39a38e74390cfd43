import type { Cells } from '../raster/cells.ts';
import { closeCropSide, type Grid, histogramOf, larger, percentile, smaller } from '../raster/grid.ts';
import { doubles, integers } from '../raster/scratch.ts';

export type Polarity = 'dark-on-light' | 'light-on-dark';

export function opposite(polarity: Polarity): Polarity {
  return polarity === 'dark-on-light' ? 'light-on-dark' : 'dark-on-light';
}

/** Where it stays unclear on a page, people wrote dark on light. */
const darkPrior = 0.3;

/**
 * Tells whether ink is darker or lighter than what it lies on. Ink is the rarer: it makes the long tail of the
 * differences to the surroundings (steps of a shadow make none), and it seldom lies along the picture's edge. In a close
 * crop ink may be half of the picture: there the edge tells more, and what parts it (`parted`, of `partedAtEdge`) most.
 */
export function findPolarity(cells: Cells, parted: number | null): Polarity {
  const isCloseCrop = Math.max(cells.width, cells.height) * cells.side <= closeCropSide;
  const light = isCloseCrop
    ? 0.5 * tail(cells) + edge(cells) + weightOf(parted ?? 0)
    : tail(cells) + edge(cells) - darkPrior;
  return light < 0 ? 'dark-on-light' : 'light-on-dark';
}

/** One piece more may be a stroke that hangs apart; several are paper, whatever else speaks against it. */
function weightOf(parted: number): number {
  return Math.sign(parted) * (Math.abs(parted) > 1 ? 2 : 0.4);
}

/** Skewness of the differences to the local mean, −1 (all dark) to 1 (all light). */
function tail(grid: Grid): number {
  const { values, width, height } = grid;
  const radius = Math.max(2, Math.round(Math.max(width, height) * 0.16));
  const sums = summedArea(grid);
  const columns = windows(width, radius);
  const rows = windows(height, radius);
  let signed = 0;
  let total = 0;
  for (let y = 0, i = 0; y < height; y++) {
    const upper = rows.from[y]! * (width + 1);
    const lower = rows.to[y]! * (width + 1);
    const share = rows.share[y]!;
    const { from, to, share: shares } = columns;
    for (let x = 0; x < width; x++, i++) {
      const left = from[x]!;
      const right = to[x]!;
      const sum = sums[lower + right]! - sums[upper + right]! - sums[lower + left]! + sums[upper + left]!;
      const difference = values[i]! - sum * share * shares[x]!;
      const cube = difference * difference * difference;
      signed += cube;
      total += Math.abs(cube);
    }
  }
  return total > 0 ? signed / total : 0;
}

/** For each place along a side: where the window around it begins and ends within the side, and one pixel's share of it. */
function windows(length: number, radius: number): { from: Int32Array; to: Int32Array; share: Float64Array } {
  const from = integers(length);
  const to = integers(length);
  const share = doubles(length);
  for (let at = 0; at < length; at++) {
    from[at] = Math.max(0, at - radius);
    to[at] = Math.min(length, at + radius + 1);
    share[at] = 1 / (to[at]! - from[at]!);
  }
  return { from, to, share };
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
  // Several rings, so that a thin frame along the very edge has no majority. A ring's corners count twice.
  for (const share of [0, 0.04, 0.09]) {
    const inset = Math.round(share * short);
    const lastX = width - 1 - inset;
    const lastY = height - 1 - inset;
    for (let y = inset; y <= lastY; y++) {
      const isSide = y === inset || y === lastY;
      const isNearEnd = smaller(y, height - 1 - y) <= cornerSide;
      for (let x = inset; x <= lastX; x += isSide ? 1 : Math.max(1, lastX - inset)) {
        const weight = isSide && (x === inset || x === lastX) ? 2 : 1;
        const at = weight * larger(-1, smaller(1, 1 - (values[y * width + x]! - dark) * scale));
        ring += at;
        rings += weight;
        if (!isNearEnd || smaller(x, width - 1 - x) > cornerSide) continue;
        corner += at;
        corners += weight;
      }
    }
  }
  return 0.5 * (ring / rings) + corner / corners;
}

function summedArea({ values, width, height }: Grid): Float64Array {
  const wide = width + 1;
  const sums = doubles(wide * (height + 1));
  for (let y = 0, i = 0, at = wide + 1; y < height; y++, at = (at + 1) | 0) {
    let row = 0;
    for (let x = 0; x < width; x++, i++) {
      row += values[i]!;
      sums[at] = sums[at - wide]! + row;
      at = (at + 1) | 0;
    }
  }
  return sums;
}
