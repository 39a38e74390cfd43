import type { Picture } from '../picture.ts';
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
  for (let y = 0; y < height; y++) {
    const top = region.top + y * factor;
    const bottom = Math.min(top + factor, region.bottom);
    for (const [channel, plane] of planes.entries()) {
      const row = plane.subarray(y * width, (y + 1) * width);
      for (let from = top; from < bottom; from++) addRow(picture, channel, { row, from, region, factor });
      const rows = bottom - top;
      const last = width - 1;
      const scale = 1 / (factor * rows);
      for (let x = 0; x < last; x++) row[x]! *= scale;
      row[last]! /= (region.right - region.left - last * factor) * rows;
    }
  }
  return { planes, width, height };
}

interface RowSum {
  row: Float32Array;
  from: number;
  region: Region;
  factor: number;
}

function addRow({ data, width, channels }: Picture, channel: number, { row, from, region, factor }: RowSum): void {
  let at = (from * width + region.left) * channels + channel;
  const last = row.length - 1;
  for (let x = 0; x < last; x++) {
    let sum = 0;
    for (let i = 0; i < factor; i++, at += channels) sum += data[at]!;
    row[x]! += sum;
  }
  const end = (from * width + region.right) * channels;
  let sum = 0;
  for (; at < end; at += channels) sum += data[at]!;
  row[last]! += sum;
}
