import type { Bitmap } from '../../bitmap.ts';
import { columnTotals, wordsOf } from './column-totals.ts';
import type { Grid } from './grid.ts';
import type { Region } from './region.ts';
import { floats, integers, type Scratch } from './scratch.ts';

/** One or three colour planes of equal size. */
export interface Planes {
  planes: Scratch<Float32Array>[];
  width: number;
  height: number;
}

/**
 * Cuts a region out of a bitmap and shrinks it by a whole factor: each value is the mean of factor × factor pixels, in the
 * last column and row of what is left of the region.
 */
export function reduce(bitmap: Bitmap, region: Region, factor: number): Planes {
  const width = Math.ceil((region.right - region.left) / factor);
  const height = Math.ceil((region.bottom - region.top) / factor);
  const planes = Array.from({ length: bitmap.channels }, () => floats(width * height));
  const words = bitmap.channels === 1 ? wordsOf(bitmap.data, bitmap.width) : null;
  const division: Division = {
    width,
    height,
    factor,
    lastColumns: region.right - region.left - (width - 1) * factor,
  };
  if (words) meanOfWords(words, { stride: bitmap.width, region, division }, planes[0]);
  else meanOfBytes(bitmap, { region, division }, planes);
  return { planes, width, height };
}

/** The cells that a region is divided into. */
interface Division {
  /** Cells across and down. */
  width: number;
  height: number;
  factor: number;
  /** Pixels across the last column of cells. */
  lastColumns: number;
}

function meanOfWords(
  words: Uint32Array,
  { stride, region, division }: { stride: number; region: Region; division: Division },
  means: Scratch<Float32Array>,
): void {
  const { width, height, factor, lastColumns } = division;
  const totals = integers(region.right - region.left + 8);
  for (let y = 0, i = 0; y < height; y++) {
    const top = region.top + y * factor;
    const rows = Math.min(factor, region.bottom - top);
    const at = top * stride + region.left;
    columnTotals(words, { at, width: region.right - region.left, stride, rows }, totals);
    const scale = 1 / (factor * rows);
    let from = at % 4;
    for (let x = 1; x < width; x++, i++, from += factor)
      means[i] = ((totals[from + factor] - totals[from]) | 0) * scale;
    means[i++] = (totals[from + lastColumns] - totals[from]) / (lastColumns * rows);
  }
}

function meanOfBytes(
  { data, width: stride, channels }: Bitmap,
  { region, division }: { region: Region; division: Division },
  planes: Scratch<Float32Array>[],
): void {
  const { width, height, factor, lastColumns } = division;
  const sumRow = channels === 1 ? sumGreyRow : sumColourRow;
  for (let y = 0; y < height; y++) {
    const top = region.top + y * factor;
    const bottom = Math.min(top + factor, region.bottom);
    const sums = planes.map((plane) => plane.subarray(y * width, (y + 1) * width));
    for (let row = top; row < bottom; row++)
      sumRow(data, { at: (row * stride + region.left) * channels, sums, factor, lastColumns });
    for (const sum of sums) {
      const scale = 1 / (factor * (bottom - top));
      for (let x = 0; x < width - 1; x++) sum[x] *= scale;
      sum[width - 1] /= lastColumns * (bottom - top);
    }
  }
}

interface RowSums {
  /** Index of the row's first sample. */
  at: number;
  sums: Scratch<Float32Array>[];
  factor: number;
  lastColumns: number;
}

/** Unrolled by four: this loop visits every pixel of the bitmap. */
function sumGreyRow(data: Uint8Array, { at, sums, factor, lastColumns }: RowSums): void {
  const row = sums[0];
  const last = row.length - 1;
  let from = at;
  for (let x = 0; x <= last; x++) {
    const to = from + (x < last ? factor : lastColumns);
    let sum = 0;
    for (; from + 4 <= to; from += 4) sum += data[from] + data[from + 1] + data[from + 2] + data[from + 3];
    for (; from < to; from++) sum += data[from];
    row[x] += sum;
  }
}

function sumColourRow(data: Uint8Array, { at, sums, factor, lastColumns }: RowSums): void {
  const [red, green, blue] = sums;
  const last = red.length - 1;
  let from = at;
  for (let x = 0; x <= last; x++) {
    const to = from + 3 * (x < last ? factor : lastColumns);
    let r = 0;
    let g = 0;
    let b = 0;
    for (; from < to; from += 3) {
      r += data[from];
      g += data[from + 1];
      b += data[from + 2];
    }
    red[x] += r;
    green[x] += g;
    blue[x] += b;
  }
}

/** A grid in whose place each value is the mean of factor × factor; the same one where the factor is less than two. */
export function shrink(grid: Grid, factor: number): Grid {
  if (factor < 2) return grid;
  const width = Math.ceil(grid.width / factor);
  const height = Math.ceil(grid.height / factor);
  const values = floats(width * height);
  for (let y = 0; y < grid.height; y++) {
    const row = Math.floor(y / factor) * width;
    for (let x = 0, i = y * grid.width; x < grid.width; x++, i++)
      values[row + Math.floor(x / factor)] += grid.values[i];
  }
  const share = 1 / (factor * factor);
  for (let i = 0; i < values.length; i++) values[i] *= share;
  return { values, width, height };
}
