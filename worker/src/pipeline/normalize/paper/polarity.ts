import type { Cells } from '../raster/cells.ts';
import { type Grid, larger, smaller } from '../raster/grid.ts';
import { histogramOf, percentile } from '../raster/histogram.ts';
import { doubles, integers, type Scratch } from '../raster/scratch.ts';
import { isCloseCrop } from './close-crop.ts';
import { pageSide } from './page-side.ts';

export type Polarity = 'dark-on-light' | 'light-on-dark';

export function opposite(polarity: Polarity): Polarity {
  return polarity === 'dark-on-light' ? 'light-on-dark' : 'dark-on-light';
}

/** Advance of dark on light on a page, where people mostly write so. */
const DARK_PRIOR = 0.3;
/** Weight of the tail in a close crop, where ink may be as frequent as paper. */
const CLOSE_CROP_TAIL_WEIGHT = 0.5;
/** Weight of one more piece at the edge: it may be a stroke that hangs apart. */
const ONE_PIECE_WEIGHT = 0.4;
/** Weight of several more pieces: they are paper, whatever else speaks against it. */
const SEVERAL_PIECES_WEIGHT = 2;

/**
 * Finds whether ink is darker or lighter than what it lies on. Ink is the rarer: it makes the long tail of the
 * differences to the surroundings (steps of a shadow make none), and it seldom lies along the edge. In a close crop ink may
 * be half of all pixels: there the edge tells more, and what parts it most.
 *
 * @param parted what `partedAtEdge` found
 */
export function findPolarity(cells: Cells, parted: number | null): Polarity {
  const size = { width: cells.width * cells.side, height: cells.height * cells.side };
  const light = isCloseCrop(size)
    ? CLOSE_CROP_TAIL_WEIGHT * tail(cells) + edge(cells) + weightOf(parted ?? 0)
    : tail(cells) + edge(cells) - DARK_PRIOR;
  return light < 0 ? 'dark-on-light' : 'light-on-dark';
}

function weightOf(parted: number): number {
  return Math.sign(parted) * (Math.abs(parted) > 1 ? SEVERAL_PIECES_WEIGHT : ONE_PIECE_WEIGHT);
}

/** Half the width of the surroundings, as a share of the page's side: as in the background, wider than a stroke. */
const SURROUNDINGS = 0.16;

/** Skewness of the differences to the local mean, −1 (all dark) to 1 (all light). */
function tail(grid: Grid): number {
  const { values, width, height } = grid;
  const radius = Math.max(2, Math.round(pageSide(grid) * SURROUNDINGS));
  const sums = summedArea(grid);
  const columns = windows(width, radius);
  const rows = windows(height, radius);
  let signed = 0;
  let total = 0;
  for (let y = 0, i = 0; y < height; y++) {
    const upper = rows.from[y] * (width + 1);
    const lower = rows.to[y] * (width + 1);
    const share = rows.share[y];
    const { from, to, share: shares } = columns;
    for (let x = 0; x < width; x++, i++) {
      const left = from[x];
      const right = to[x];
      const sum = sums[lower + right] - sums[upper + right] - sums[lower + left] + sums[upper + left];
      const difference = values[i] - sum * share * shares[x];
      const cube = difference * difference * difference;
      signed += cube;
      total += Math.abs(cube);
    }
  }
  return total > 0 ? signed / total : 0;
}

/** For each place along a side: where its window begins and ends within the side, and one pixel's share of the window. */
interface Windows {
  from: Scratch<Int32Array>;
  to: Scratch<Int32Array>;
  share: Scratch<Float64Array>;
}

function windows(length: number, radius: number): Windows {
  const from = integers(length);
  const to = integers(length);
  const share = doubles(length);
  for (let at = 0; at < length; at++) {
    from[at] = Math.max(0, at - radius);
    to[at] = Math.min(length, at + radius + 1);
    share[at] = 1 / (to[at] - from[at]);
  }
  return { from, to, share };
}

/** The darkest and the lightest level are taken here and as far from the top: a few specks are neither. */
const EXTREME_SHARE = 0.02;
/** Several rings, so that a thin frame along the very edge has no majority. How far in, as shares of the short side. */
const RINGS = [0, 0.04, 0.09];
/** A corner's side is the short side divided by this. */
const CORNER_DIVISOR = 8;
/** Weight of the rings beside that of the corners: a digit reaches the sides more often than the corners. */
const RINGS_WEIGHT = 0.5;

/** Where the mean of the rings and corners lies between the darkest and the lightest level: dark is positive, light negative. */
function edge(grid: Grid): number {
  const { values, width, height } = grid;
  const all = histogramOf(values);
  const dark = percentile(all, EXTREME_SHARE);
  const light = percentile(all, 1 - EXTREME_SHARE);
  if (light === dark) return 0;
  const scale = 2 / (light - dark);
  let [ring, rings, corner, corners] = [0, 0, 0, 0];
  const short = Math.min(width, height);
  const cornerSide = Math.max(1, Math.round(short / CORNER_DIVISOR));
  for (const share of RINGS) {
    const inset = Math.round(share * short);
    const lastX = width - 1 - inset;
    const lastY = height - 1 - inset;
    for (let y = inset; y <= lastY; y++) {
      const isSide = y === inset || y === lastY;
      const isNearEnd = smaller(y, height - 1 - y) <= cornerSide;
      for (let x = inset; x <= lastX; x += isSide ? 1 : Math.max(1, lastX - inset)) {
        // A ring's corners lie on two of its sides.
        const weight = isSide && (x === inset || x === lastX) ? 2 : 1;
        const at = weight * larger(-1, smaller(1, 1 - (values[y * width + x] - dark) * scale));
        ring += at;
        rings += weight;
        if (!isNearEnd || smaller(x, width - 1 - x) > cornerSide) continue;
        corner += at;
        corners += weight;
      }
    }
  }
  return RINGS_WEIGHT * (ring / rings) + corner / corners;
}

function summedArea({ values, width, height }: Grid): Scratch<Float64Array> {
  const wide = width + 1;
  const sums = doubles(wide * (height + 1));
  for (let y = 0, i = 0, at = wide + 1; y < height; y++, at = (at + 1) | 0) {
    let row = 0;
    for (let x = 0; x < width; x++, i++) {
      row += values[i];
      sums[at] = sums[at - wide] + row;
      at = (at + 1) | 0;
    }
  }
  return sums;
}
