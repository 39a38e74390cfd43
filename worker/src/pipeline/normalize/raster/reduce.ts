import type { Picture } from '../../picture.ts';
import { columnTotals, wordsOf } from './column-totals.ts';
import type { Region } from './grid.ts';
import { floats, integers } from './scratch.ts';

/** One or three colour planes of equal size. */
export interface Planes {
  planes: Float32Array[];
  width: number;
  height: number;
}

/**
 * Cuts a region out of a picture and shrinks it by a whole factor, each value the mean of factor × factor pixels.
 * The last row and column average what is left of the region.
 */
export function reduce(picture: Picture, region: Region, factor: number): Planes {
  const width = Math.ceil((region.right - region.left) / factor);
  const height = Math.ceil((region.bottom - region.top) / factor);
  const planes = Array.from({ length: picture.channels }, () => floats(width * height));
  const words = picture.channels === 1 ? wordsOf(picture.data, picture.width) : null;
  const cells: Cells = {
    width,
    height,
    factor,
    lastColumns: region.right - region.left - (width - 1) * factor,
  };
  if (words) meanOfWords(words, { stride: picture.width, region, cells }, planes[0]!);
  else meanOfBytes(picture, { region, cells }, planes);
  return { planes, width, height };
}

/** How a region is divided. */
interface Cells {
  width: number;
  height: number;
  factor: number;
  /** Pixels across the last column of cells. */
  lastColumns: number;
}

function meanOfWords(
  words: Uint32Array,
  { stride, region, cells }: { stride: number; region: Region; cells: Cells },
  means: Float32Array,
): void {
  const { width, height, factor, lastColumns } = cells;
  const totals = integers(region.right - region.left + 8);
  for (let y = 0, i = 0; y < height; y++) {
    const top = region.top + y * factor;
    const rows = Math.min(factor, region.bottom - top);
    const at = top * stride + region.left;
    columnTotals(words, { at, width: region.right - region.left, stride, rows }, totals);
    const scale = 1 / (factor * rows);
    let from = at % 4;
    for (let x = 1; x < width; x++, i++, from += factor)
      means[i] = ((totals[from + factor]! - totals[from]!) | 0) * scale;
    means[i++] = (totals[from + lastColumns]! - totals[from]!) / (lastColumns * rows);
  }
}

function meanOfBytes(
  { data, width: stride, channels }: Picture,
  { region, cells }: { region: Region; cells: Cells },
  planes: Float32Array[],
): void {
  const { width, height, factor, lastColumns } = cells;
  const sumRow = channels === 1 ? sumGreyRow : sumColourRow;
  for (let y = 0; y < height; y++) {
    const top = region.top + y * factor;
    const bottom = Math.min(top + factor, region.bottom);
    const sums = planes.map((plane) => plane.subarray(y * width, (y + 1) * width));
    for (let row = top; row < bottom; row++)
      sumRow(data, { at: (row * stride + region.left) * channels, sums, factor, lastColumns });
    for (const sum of sums) {
      const scale = 1 / (factor * (bottom - top));
      for (let x = 0; x < width - 1; x++) sum[x]! *= scale;
      sum[width - 1]! /= lastColumns * (bottom - top);
    }
  }
}

interface RowSums {
  at: number;
  sums: Float32Array[];
  factor: number;
  lastColumns: number;
}

/** Unrolled by four: this loop reads every pixel of the picture. */
function sumGreyRow(data: Uint8Array, { at, sums, factor, lastColumns }: RowSums): void {
  const row = sums[0]!;
  const last = row.length - 1;
  let from = at;
  for (let x = 0; x <= last; x++) {
    const to = from + (x < last ? factor : lastColumns);
    let sum = 0;
    for (; from + 4 <= to; from += 4)
      sum += data[from]! + data[from + 1]! + data[from + 2]! + data[from + 3]!;
    for (; from < to; from++) sum += data[from]!;
    row[x]! += sum;
  }
}

function sumColourRow(data: Uint8Array, { at, sums, factor, lastColumns }: RowSums): void {
  const [red, green, blue] = sums as [Float32Array, Float32Array, Float32Array];
  const last = red.length - 1;
  let from = at;
  for (let x = 0; x <= last; x++) {
    const to = from + 3 * (x < last ? factor : lastColumns);
    let r = 0;
    let g = 0;
    let b = 0;
    for (; from < to; from += 3) {
      r += data[from]!;
      g += data[from + 1]!;
      b += data[from + 2]!;
    }
    red[x]! += r;
    green[x]! += g;
    blue[x]! += b;
  }
}
