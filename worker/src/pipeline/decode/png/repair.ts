import { constants, deflateSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { RawBitmap } from '../flatten.ts';
import { acceptMissing } from '../missing.ts';
import { type PngFile, SAMPLES } from './chunks.ts';

/** Adam7's passes: the first column and row of each, and the distance to the next. */
const PASSES = [
  { x: 0, y: 0, columns: 8, rows: 8 },
  { x: 4, y: 0, columns: 8, rows: 8 },
  { x: 0, y: 4, columns: 4, rows: 8 },
  { x: 2, y: 0, columns: 4, rows: 4 },
  { x: 0, y: 2, columns: 2, rows: 4 },
  { x: 1, y: 0, columns: 2, rows: 2 },
  { x: 0, y: 1, columns: 1, rows: 2 },
];
const WHOLE = [{ x: 0, y: 0, columns: 1, rows: 1 }];
const ZLIB_HEADER_BYTES = 2;

/** A PNG that lacks nothing any more. */
interface Repaired {
  file: PngFile;
  /** From this row on, every second row of an interlaced PNG is not known; null where all are. */
  gapsFrom: number | null;
}

/**
 * What is whole of a PNG that was cut off or whose checksums are wrong: the same picture, less its last rows. The last pass of
 * an interlaced PNG, every second row, may be missing.
 *
 * @throws ImageError unreadable-image where data is damaged, or where more is missing than a margin
 */
export function repairPng(file: PngFile): Repaired {
  const rows = rowsOf(file, file.height);
  const total = rows.reduce((sum, { bytes, count }) => sum + bytes * count, 0);
  const inflated = inflate(file, total);
  const last = rows.length - 1;
  const starts = rows.map((_, pass) =>
    rows.slice(0, pass).reduce((sum, { bytes, count }) => sum + bytes * count, 0),
  );
  const countWhole = (pass: number) =>
    Math.max(0, Math.floor((inflated.length - starts[pass]) / rows[pass].bytes));
  // The pass before the last one holds pixels of every second row, and those before it fewer.
  const whole = file.isInterlaced && inflated.length < starts[last] ? 2 * countWhole(last - 1) : file.height;
  const height = file.isInterlaced ? whole : Math.min(file.height, countWhole(last));
  acceptMissing(1 - height / file.height);
  // Each pass keeps the rows that it has in a picture of the lower height; what it lacks becomes zeros.
  const parts = rowsOf(file, height).map(({ bytes, count }, pass) => {
    const part = Buffer.alloc(bytes * count);
    part.set(inflated.subarray(starts[pass], starts[pass] + part.length));
    return part;
  });
  const data = [deflateSync(Buffer.concat(parts), { level: 1 })];
  const hasGaps = file.isInterlaced && inflated.length < total;
  return {
    file: { ...file, height, data, trusted: 1, isPlain: false },
    gapsFrom: hasGaps ? 2 * countWhole(last) + 1 : null,
  };
}

/** Gives every second row from `gapsFrom` on the pixels of the row above it. */
export function fillGaps(bitmap: RawBitmap, gapsFrom: number): RawBitmap {
  const rowBytes = bitmap.width * bitmap.channels;
  for (let y = gapsFrom; y < bitmap.height; y += 2) {
    bitmap.data.copyWithin(y * rowBytes, (y - 1) * rowBytes, y * rowBytes);
  }
  return bitmap;
}

/** The rows of each pass: bytes of one, with its filter, and how many there are in a picture of this height. */
function rowsOf(file: PngFile, height: number): { bytes: number; count: number }[] {
  const bits = SAMPLES[file.colourType] * file.bitDepth;
  return (file.isInterlaced ? PASSES : WHOLE).map(({ x, y, columns, rows }) => {
    const width = Math.ceil(Math.max(0, file.width - x) / columns);
    return {
      bytes: width === 0 ? 0 : 1 + Math.ceil((width * bits) / 8),
      count: Math.ceil(Math.max(0, height - y) / rows),
    };
  });
}

/** The inflated data, as far as it is right: all of it where zlib's own checksum says so, else that of the trusted chunks. */
function inflate(file: PngFile, length: number): Uint8Array {
  try {
    const whole = inflateSync(Buffer.concat(file.data), { maxOutputLength: length });
    if (whole.length === length) return whole;
  } catch {
    // Damaged or cut off.
  }
  const trusted = Buffer.concat(file.data.slice(0, file.trusted)).subarray(ZLIB_HEADER_BYTES);
  try {
    return inflateRawSync(trusted, { maxOutputLength: length, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array();
  }
}
