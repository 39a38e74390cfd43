import { inflateRawSync } from 'node:zlib';
import type { RawBitmap } from '../flatten.ts';
import { type PngFile, SAMPLES } from './chunks.ts';

interface Rows {
  rowBytes: number;
  height: number;
  channels: number;
}

/** Above this many pixels, decoding belongs on libvips's threads, not on the event loop. */
const PIXELS_MAX = 300_000;
/** Length of the zlib header in front of the deflated data. */
const ZLIB_HEADER_BYTES = 2;
/** Rows that are shorter are copied byte by byte: that is faster than to make a view of each. */
const SHORT_ROW_BYTES = 128;

/**
 * Decodes a small 8-bit PNG at once, without libvips. Most programs and every canvas send such PNGs: libvips takes ten times
 * as long for them, most of it to set up.
 *
 * @returns null for any other PNG, and for one that is damaged: libvips has the last word there
 */
export function decodeSmallPng(file: PngFile): RawBitmap | null {
  const { width, height, data } = file;
  const isSimple = file.bitDepth === 8 && file.colourType !== 3 && !file.isInterlaced;
  // A palette, a transparent colour, a colour profile or an orientation is left to libvips.
  if (!isSimple || width * height > PIXELS_MAX || file.extras.length > 0) return null;
  if (file.trusted < data.length) return null;
  const channels = SAMPLES[file.colourType];
  const rowBytes = width * channels;
  const filtered = inflate(data, (rowBytes + 1) * height);
  const pixels = filtered && unfilter(filtered, { rowBytes, height, channels });
  return pixels && { data: pixels, width, height, channels };
}

/** Null for data that is not exactly `length` bytes deflated. */
function inflate(data: readonly Uint8Array[], length: number): Buffer | null {
  const zlib = data.length === 1 ? data[0] : Buffer.concat(data);
  try {
    // The chunks' checksums are right already: zlib's own says nothing more.
    const inflated = inflateRawSync(zlib.subarray(ZLIB_HEADER_BYTES), {
      chunkSize: Math.max(64, length),
      maxOutputLength: length,
    });
    return inflated.length === length ? inflated : null;
  } catch {
    return null;
  }
}

/**
 * Undoes the filter of each row (PNG specification, 9.2), in place: a sample was stored as its difference from the one to its
 * left, the one above, their mean, or whichever of the neighbours is nearest to left + above − above left.
 *
 * @returns the samples, at the start of the same memory; null for an unknown filter
 */
function unfilter(bytes: Uint8Array, { rowBytes, height, channels }: Rows): Uint8Array | null {
  const length = rowBytes * height;
  let from = 0;
  for (let to = 0; to < length; to += rowBytes) {
    const filter = bytes[from++];
    // Above the first row, every sample counts as 0.
    if (filter === 0 || (filter === 2 && to === 0)) copyRow(bytes, from, to, rowBytes);
    else if (filter === 1 || (filter === 4 && to === 0)) addLeft(bytes, from, to, rowBytes, channels);
    else if (filter === 2) addAbove(bytes, from, to, rowBytes);
    else if (filter === 3) addMean(bytes, from, to, rowBytes, channels);
    else if (filter === 4) addNearest(bytes, from, to, rowBytes, channels);
    else return null;
    from += rowBytes;
  }
  return bytes.subarray(0, length);
}

function copyRow(bytes: Uint8Array, from: number, to: number, length: number): void {
  if (length > SHORT_ROW_BYTES) bytes.copyWithin(to, from, from + length);
  else for (let i = 0; i < length; i++) bytes[to + i] = bytes[from + i];
}

function addLeft(bytes: Uint8Array, from: number, to: number, length: number, channels: number): void {
  if (channels !== 4) {
    copyRow(bytes, from, to, channels);
    for (let i = channels; i < length; i++) bytes[to + i] = bytes[from + i] + bytes[to + i - channels];
    return;
  }
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < length; i += 4) {
    a += bytes[from + i];
    b += bytes[from + i + 1];
    c += bytes[from + i + 2];
    d += bytes[from + i + 3];
    bytes[to + i] = a;
    bytes[to + i + 1] = b;
    bytes[to + i + 2] = c;
    bytes[to + i + 3] = d;
  }
}

function addAbove(bytes: Uint8Array, from: number, to: number, length: number): void {
  const above = to - length;
  for (let i = 0; i < length; i++) bytes[to + i] = bytes[from + i] + bytes[above + i];
}

function addMean(bytes: Uint8Array, from: number, to: number, length: number, channels: number): void {
  const above = to - length;
  for (let i = 0; i < length; i++) {
    const left = i < channels ? 0 : bytes[to + i - channels];
    bytes[to + i] = bytes[from + i] + ((left + (above < 0 ? 0 : bytes[above + i])) >> 1);
  }
}

function addNearest(bytes: Uint8Array, from: number, to: number, length: number, channels: number): void {
  const above = to - length;
  for (let i = 0; i < channels; i++) bytes[to + i] = bytes[from + i] + bytes[above + i];
  for (let i = channels; i < length; i++) {
    const left = bytes[to + i - channels];
    const over = bytes[above + i];
    const corner = bytes[above + i - channels];
    let nearest = left;
    // Flat paper, which is most of any picture.
    if (left !== over || over !== corner) {
      const toLeft = Math.abs(over - corner);
      const toOver = Math.abs(left - corner);
      const toCorner = Math.abs(left + over - 2 * corner);
      nearest = toLeft <= toOver && toLeft <= toCorner ? left : toOver <= toCorner ? over : corner;
    }
    bytes[to + i] = bytes[from + i] + nearest;
  }
}
