import { lightSlope } from './slope.ts';
import { type Grid, histogramOf } from './grid.ts';

/** Cells along the long side of the coarse grid on which the background is estimated. */
const cellsAcross = 24;
/** Half the width, as a share of the long side, of what still counts as ink: strokes may be twice as thick. */
const reach = 0.16;

/**
 * Estimates the paper behind the ink, where ink is brighter than its surroundings: everything bright that is narrower
 * than a thick stroke is taken away (a morphological opening), shadows and gradients stay. Same size as the input.
 */
export function estimateBackground(grid: Grid): Grid {
  const paper = uniformPaper(grid);
  if (paper !== null) return { ...grid, values: new Float32Array(grid.values.length).fill(paper) };
  const cell = Math.max(1, Math.round(Math.max(grid.width, grid.height) / cellsAcross));
  const cells = cellMeans(grid, cell);
  const radius = Math.max(1, Math.round((reach * Math.max(grid.width, grid.height)) / cell));
  // Without the slope, the opening's window may be cut at the picture's edge: there is nothing to extrapolate.
  const slope = lightSlope(cells);
  const flat = { ...cells, values: cells.values.map((value, i) => value - slope[i]!) };
  const opened = slide(slide(flat, radius, Math.min), radius, Math.max);
  // One cell wider, so that the dark side of a shadow's step is paper up to the step.
  const widened = slide(opened, 1, Math.max);
  for (let i = 0; i < slope.length; i++) widened.values[i]! += slope[i]!;
  return enlarge(widened, cell, grid);
}

/**
 * The one level of paper that has no shades, as on a drawn canvas; null where there are some. Knowing it keeps strokes
 * of any thickness whole.
 */
function uniformPaper({ values }: Grid): number | null {
  const histogram = histogramOf(values);
  let top = 255;
  while (top > 0 && !histogram[top]) top--;
  let bottom = 0;
  while (bottom < top && !histogram[bottom]) bottom++;
  let paper = bottom;
  for (let value = bottom; value < (bottom + top) / 2; value++) {
    if (histogram[value]! > histogram[paper]!) paper = value;
  }
  let below = 0;
  let level = 0;
  let shades = 0;
  for (let value = 0; value < 256; value++) {
    const count = histogram[value]!;
    if (value < paper - 4) below += count;
    else if (value <= paper + 4) level += count;
    else if (value < paper + 0.3 * (top - paper)) shades += count;
  }
  const pixels = values.length;
  return level > 0.15 * pixels && below < 0.01 * pixels && shades < 0.12 * pixels ? paper : null;
}

function cellMeans({ values, width, height }: Grid, cell: number): Grid {
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const means = new Float32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / cell) * columns;
    for (let x = 0, c = 0, left = cell; x < width; x++) {
      means[row + c]! += values[y * width + x]!;
      if (--left === 0) {
        c++;
        left = cell;
      }
    }
  }
  for (let r = 0; r < rows; r++) {
    const tall = Math.min(cell, height - r * cell);
    for (let c = 0; c < columns; c++) means[r * columns + c]! /= tall * Math.min(cell, width - c * cell);
  }
  return { values: means, width: columns, height: rows };
}

/** Minimum or maximum over a square window that is cut at the picture's edge. */
function slide(grid: Grid, radius: number, pick: (a: number, b: number) => number): Grid {
  return slideColumns(slideColumns(grid, radius, pick), radius, pick);
}

/** Slides along columns and answers the transposed grid, so that applying it twice covers both directions. */
function slideColumns({ values, width, height }: Grid, radius: number, pick: (a: number, b: number) => number): Grid {
  const out = new Float32Array(width * height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const to = Math.min(height - 1, y + radius);
      let best = values[y * width + x]!;
      for (let at = Math.max(0, y - radius); at <= to; at++) best = pick(best, values[at * width + x]!);
      out[x * height + y] = best;
    }
  }
  return { values: out, width: height, height: width };
}

/** Bilinear enlargement of the cells' centres back to pixels. */
function enlarge(cells: Grid, cell: number, { width, height }: { width: number; height: number }): Grid {
  const values = new Float32Array(width * height);
  const stretched = new Float32Array(cells.height * width);
  for (let x = 0; x < width; x++) {
    const at = Math.min(cells.width - 1, Math.max(0, (x + 0.5) / cell - 0.5));
    const left = Math.min(Math.floor(at), Math.max(0, cells.width - 2));
    const share = at - left;
    const right = Math.min(left + 1, cells.width - 1);
    for (let r = 0; r < cells.height; r++) {
      const row = r * cells.width;
      stretched[r * width + x] = cells.values[row + left]! * (1 - share) + cells.values[row + right]! * share;
    }
  }
  for (let y = 0; y < height; y++) {
    const at = Math.min(cells.height - 1, Math.max(0, (y + 0.5) / cell - 0.5));
    const top = Math.min(Math.floor(at), Math.max(0, cells.height - 2));
    const share = at - top;
    const upper = top * width;
    const lower = Math.min(top + 1, cells.height - 1) * width;
    const row = y * width;
    for (let x = 0; x < width; x++) {
      values[row + x] = stretched[upper + x]! * (1 - share) + stretched[lower + x]! * share;
    }
  }
  return { values, width, height };
}
