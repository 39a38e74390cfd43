import type { Picture } from '../picture.ts';
import { columnSums, wordsOf } from './column-sums.ts';
import type { Region } from './grid.ts';

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
  const planes = Array.from({ length: picture.channels }, () => new Float32Array(width * height));
  const lastColumns = region.right - region.left - (width - 1) * factor;
  const words = picture.channels === 1 ? wordsOf(picture.data, picture.width) : null;
  const columns = new Int32Array(words ? picture.width + 4 : 0);
  const sumRow = picture.channels === 1 ? sumGreyRow : sumColourRow;
  for (let y = 0; y < height; y++) {
    const top = region.top + y * factor;
    const bottom = Math.min(top + factor, region.bottom);
    const sums = planes.map((plane) => plane.subarray(y * width, (y + 1) * width));
    if (words) {
      const at = top * picture.width + region.left;
      const rows = { at, width: region.right - region.left, stride: picture.width, rows: bottom - top };
      columnSums(words, rows, columns);
      sumCells(columns, at % 4, { sums: sums[0]!, factor, lastColumns });
    }
    for (let row = top; !words && row < bottom; row++) {
      sumRow(picture.data, {
        at: (row * picture.width + region.left) * picture.channels,
        sums,
        factor,
        lastColumns,
      });
    }
    for (const sum of sums) {
      const scale = 1 / (factor * (bottom - top));
      for (let x = 0; x < width - 1; x++) sum[x]! *= scale;
      sum[width - 1]! /= lastColumns * (bottom - top);
    }
  }
  return { planes, width, height };
}

interface RowSums {
  at: number;
  sums: Float32Array[];
  factor: number;
  lastColumns: number;
}

function sumCells(
  columns: Int32Array,
  first: number,
  { sums, factor, lastColumns }: { sums: Float32Array; factor: number; lastColumns: number },
): void {
  const last = sums.length - 1;
  for (let x = 0, from = first; x <= last; x++) {
    const to = from + (x < last ? factor : lastColumns);
    let sum = 0;
    for (; from < to; from++) sum += columns[from]!;
    sums[x] = sum;
  }
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
