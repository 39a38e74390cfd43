import type { Cells } from '../raster/cells.ts';
import type { Grid } from '../raster/grid.ts';
import { histogramOf } from '../raster/histogram.ts';
import { dilate, erode } from '../raster/morphology.ts';
import { floats, type Scratch } from '../raster/scratch.ts';
import { isCloseCrop } from './close-crop.ts';
import { pageSide } from './page-side.ts';
import { lightSlope } from './slope.ts';

/** Half the width of the widest thing that counts as ink, as a share of the page's side: strokes may be twice as thick. */
const REACH = 0.16;

/** Paper of one level varies by no more than this, in grey levels, up and down. */
const LEVEL_TOLERANCE = 4;
/** Between paper and the strongest ink: what lies below this share of the way up is a shade, what lies above is ink. */
const SHADES_TOP = 0.3;
/** Paper of one level fills at least this share of the pixels, … */
const LEVEL_SHARE_MIN = 0.15;
/** … is the darkest there is but for this share of them, … */
const BELOW_SHARE_MAX = 0.01;
/** … has hardly more shades than the soft edges of strokes, … */
const SHADES_SHARE_MAX = 0.12;
/** … and not more ink: on a page, that would be a shadow; … */
const INK_SHARE_MAX = 0.4;
/** … in a close crop it may be a bold digit. */
const CLOSE_CROP_INK_SHARE_MAX = 0.85;

/**
 * Estimates the paper behind the ink. Ink is brighter than its surroundings: what is bright and narrower than a thick stroke
 * is taken away (a morphological opening of the cells), shadows and gradients stay. Where ink goes on beyond the edge
 * (`isCut`), paper may be as narrow as ink: there it is taken to be of one level.
 */
export function estimateBackground(grid: Grid, cells: Cells, { isCut }: { isCut: boolean }): Grid {
  const histogram = histogramOf(grid.values);
  const paper = isCut ? mostFrequentPaper(histogram) : uniformPaper(histogram, grid);
  if (paper !== null) return { ...grid, values: floats(grid.values.length).fill(paper) };
  const radius = Math.max(1, Math.round((REACH * pageSide(grid)) / cells.side));
  // Without the slope, the opening's window may be cut at the grid's edge: nothing has to be extrapolated.
  const slope = lightSlope(cells);
  const flat = { ...cells, values: cells.values.map((value, i) => value - slope[i]) };
  const opened = dilate(erode(flat, radius), radius);
  // One cell wider, so that the dark side of a shadow's step is paper up to the step.
  const widened = dilate(opened, 1);
  for (let i = 0; i < slope.length; i++) widened.values[i] += slope[i];
  return enlarge(widened, cells.side, grid);
}

/**
 * The one level of paper that has no shades, as on a drawn canvas; null where there are some. With it, strokes of any
 * thickness stay whole.
 */
function uniformPaper(histogram: Scratch<Uint32Array>, { width, height }: Grid): number | null {
  const paper = mostFrequentPaper(histogram);
  const top = highest(histogram);
  let below = 0;
  let level = 0;
  let shades = 0;
  let ink = 0;
  for (let value = 0; value < 256; value++) {
    const count = histogram[value];
    if (value < paper - LEVEL_TOLERANCE) below += count;
    else if (value <= paper + LEVEL_TOLERANCE) level += count;
    else if (value < paper + SHADES_TOP * (top - paper)) shades += count;
    else ink += count;
  }
  const pixels = width * height;
  const inkShareMax = isCloseCrop({ width, height }) ? CLOSE_CROP_INK_SHARE_MAX : INK_SHARE_MAX;
  const isUniform =
    level > LEVEL_SHARE_MIN * pixels &&
    below < BELOW_SHARE_MAX * pixels &&
    shades < SHADES_SHARE_MAX * pixels &&
    ink < inkShareMax * pixels;
  return isUniform ? paper : null;
}

/** The most frequent level of the darker half, where paper lies. */
function mostFrequentPaper(histogram: Scratch<Uint32Array>): number {
  const top = highest(histogram);
  let bottom = 0;
  while (bottom < top && !histogram[bottom]) bottom++;
  let paper = bottom;
  for (let value = bottom; value < (bottom + top) / 2; value++) {
    if (histogram[value] > histogram[paper]) paper = value;
  }
  return paper;
}

function highest(histogram: Scratch<Uint32Array>): number {
  let top = 255;
  while (top > 0 && !histogram[top]) top--;
  return top;
}

/** Bilinear enlargement of the cells' centres back to pixels. */
function enlarge(cells: Grid, cell: number, { width, height }: Grid): Grid {
  const values = floats(width * height);
  const means = cells.values;
  const stretched = floats(cells.height * width);
  for (let x = 0; x < width; x++) {
    const at = Math.min(cells.width - 1, Math.max(0, (x + 0.5) / cell - 0.5));
    const left = Math.min(Math.floor(at), Math.max(0, cells.width - 2));
    const share = at - left;
    const right = Math.min(left + 1, cells.width - 1);
    for (let r = 0; r < cells.height; r++) {
      const row = r * cells.width;
      stretched[r * width + x] = means[row + left] * (1 - share) + means[row + right] * share;
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
      values[row + x] = stretched[upper + x] * (1 - share) + stretched[lower + x] * share;
    }
  }
  return { values, width, height };
}
