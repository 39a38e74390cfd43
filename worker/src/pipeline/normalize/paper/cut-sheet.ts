import type { Bitmap } from '../../bitmap.ts';
import { rowOf, type Sheet } from './sheet.ts';

/** A part of a bitmap as a bitmap of its own, and where it lay. */
export interface SheetBitmap {
  bitmap: Bitmap;
  left: number;
  top: number;
}

/**
 * Cuts a sheet out of a bitmap. What lies beside the sheet in the rectangle around it takes the colour of the sheet's paper in
 * that row.
 *
 * @param factor the bitmap's pixels along a side of one pixel in which the sheet was found
 */
export function cutSheet(
  { data, width, height, channels }: Bitmap,
  { corners }: Pick<Sheet, 'corners'>,
  factor: number,
): SheetBitmap {
  const polygon = corners.map(({ x, y }) => ({ x: x * factor, y: y * factor }));
  const left = Math.max(0, Math.floor(Math.min(...polygon.map(({ x }) => x))));
  const top = Math.max(0, Math.floor(Math.min(...polygon.map(({ y }) => y))));
  const wide = Math.min(width, Math.ceil(Math.max(...polygon.map(({ x }) => x)))) - left;
  const tall = Math.min(height, Math.ceil(Math.max(...polygon.map(({ y }) => y)))) - top;
  const out = new Uint8Array(wide * tall * channels);
  let paper: number[] = [];
  const empty: number[] = [];
  for (let y = 0; y < tall; y++) {
    const row = rowOf(polygon, top + y + 0.5);
    const from = Math.max(0, Math.ceil(row.from) - left);
    const to = Math.min(wide, Math.floor(row.to) - left);
    const start = y * wide * channels;
    const source = ((top + y) * width + left) * channels;
    if (to > from) {
      paper = Array.from({ length: channels }, (_, c) =>
        median(data, source + from * channels + c, (to - from) * channels, channels),
      );
      for (const earlier of empty.splice(0)) fill(out, { start: earlier, count: wide, paper });
    } else if (paper.length === 0) {
      empty.push(start);
      continue;
    }
    fill(out, { start, count: wide, paper });
    if (to > from)
      out.set(data.subarray(source + from * channels, source + to * channels), start + from * channels);
  }
  return { bitmap: { data: out, width: wide, height: tall, channels }, left, top };
}

function fill(
  out: Uint8Array,
  { start, count, paper }: { start: number; count: number; paper: readonly number[] },
): void {
  for (let i = 0; i < count * paper.length; i++) out[start + i] = paper[i % paper.length];
}

function median(data: Uint8Array, from: number, length: number, step: number): number {
  const counts = new Uint16Array(256);
  let total = 0;
  for (let i = from; i < from + length; i += step, total++) counts[data[i]]++;
  let value = 0;
  for (let counted = counts[0]; 2 * counted < total; ) counted += counts[++value];
  return value;
}
