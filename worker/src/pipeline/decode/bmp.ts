import { ImageError } from '../image-error.ts';
import type { RawBitmap } from './flatten.ts';
import { acceptMissing } from './missing.ts';

/** Length of the header in front of a BMP's header proper. */
const FILE_HEADER_BYTES = 14;
const COMPRESSIONS = { none: 0, rle8: 1, rle4: 2, masks: 3, alphaMasks: 6 };

interface Header {
  width: number;
  height: number;
  /** Rows stand from the bottom up, unless the height is negative. */
  isTopDown: boolean;
  bits: number;
  compression: number;
  /** Red, green, blue and alpha of 16 and 32 bits; 0 where there is none. */
  masks: readonly number[];
  palette: Uint8Array;
  pixelsAt: number;
}

/**
 * Decodes a BMP: 1, 2, 4, 8, 16, 24 or 32 bits, in rows or run lengths, of Windows or OS/2. docs/decisions/008 says why here.
 *
 * @returns RGB, or RGB + alpha where any pixel is not opaque
 * @throws ImageError unreadable-image
 */
export function decodeBmp(bytes: Uint8Array): RawBitmap {
  const header = readHeader(bytes);
  const { width, bits, compression } = header;
  if (compression === COMPRESSIONS.rle8 || compression === COMPRESSIONS.rle4) {
    const { indices, rows } = expandRuns(bytes.subarray(header.pixelsAt), header);
    acceptMissing(1 - rows / header.height);
    return fromPalette(indices, { ...header, bits: 8, rowBytes: width, height: rows });
  }
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const pixels = bytes.subarray(header.pixelsAt);
  // Some programs leave the last row's padding out.
  const rows = Math.floor((pixels.length + rowBytes - Math.ceil((width * bits) / 8)) / rowBytes);
  const height = Math.min(header.height, rows);
  acceptMissing(1 - height / header.height);
  const whole = { ...header, rowBytes, height };
  if (bits <= 8) return fromPalette(pixels, whole);
  return bits === 24 ? fromRgb(pixels, whole) : fromMasks(pixels, whole);
}

function readHeader(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = view.getUint32(14, true);
    const isOld = size === 12;
    const height = isOld ? view.getUint16(20, true) : view.getInt32(22, true);
    const bits = view.getUint16(isOld ? 24 : 28, true);
    const compression = size < 20 ? COMPRESSIONS.none : view.getUint32(30, true);
    const hasMasks = compression === COMPRESSIONS.masks || compression === COMPRESSIONS.alphaMasks;
    const masksBytes = size !== 40 || !hasMasks ? 0 : compression === COMPRESSIONS.masks ? 12 : 16;
    const paletteAt = FILE_HEADER_BYTES + size + masksBytes;
    const saidAt = view.getUint32(10, true);
    const header = {
      width: isOld ? view.getUint16(18, true) : view.getInt32(18, true),
      height: Math.abs(height),
      isTopDown: height < 0,
      bits,
      compression,
      masks: hasMasks ? readMasks(view, size > 52 || masksBytes === 16 ? 4 : 3) : defaultMasks(bits),
      palette: readPalette(bytes.subarray(paletteAt), 2 ** Math.min(bits, 8), isOld ? 3 : 4),
      pixelsAt: saidAt >= FILE_HEADER_BYTES + size && saidAt < bytes.length ? saidAt : paletteAt,
    };
    if (isSupported(header)) return header;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new ImageError(
    'unreadable-image',
    'The picture is damaged or of a rare kind of BMP. Save it as PNG.',
  );
}

function isSupported({ width, height, bits, compression }: Header): boolean {
  if (width <= 0 || height === 0) return false;
  if (compression === COMPRESSIONS.rle8) return bits === 8;
  if (compression === COMPRESSIONS.rle4) return bits === 4;
  if (compression === COMPRESSIONS.none) return [1, 2, 4, 8, 16, 24, 32].includes(bits);
  const isMasks = compression === COMPRESSIONS.masks || compression === COMPRESSIONS.alphaMasks;
  return isMasks && (bits === 16 || bits === 32);
}

function readMasks(view: DataView, count: number): number[] {
  return Array.from({ length: 4 }, (_, i) => (i < count ? view.getUint32(54 + 4 * i, true) : 0));
}

/** Without masks, 16 bits are five for each colour. Windows calls the fourth byte of 32 bits unused; others keep alpha there. */
function defaultMasks(bits: number): number[] {
  return bits === 16 ? [0x7c00, 0x03e0, 0x001f, 0] : [0xff0000, 0xff00, 0xff, 0xff000000];
}

/** As RGB. Colours that the file leaves out are black. */
function readPalette(bytes: Uint8Array, count: number, entryBytes: number): Uint8Array {
  const palette = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) palette[3 * i + c] = bytes[i * entryBytes + 2 - c] ?? 0;
  }
  return palette;
}

type Rows = Header & { rowBytes: number };

/** Calls `row` with where each row of the picture, from its top, begins in the file and in the bitmap. */
function forEachRow({ height, rowBytes, isTopDown }: Rows, row: (from: number, y: number) => void): void {
  for (let y = 0; y < height; y++) row((isTopDown ? y : height - 1 - y) * rowBytes, y);
}

function fromPalette(pixels: Uint8Array, rows: Rows): RawBitmap {
  const { width, height, bits, palette } = rows;
  const data = new Uint8Array(width * height * 3);
  const mask = 2 ** bits - 1;
  forEachRow(rows, (from, y) => {
    for (let x = 0, to = y * width * 3; x < width; x++, to += 3) {
      const bit = x * bits;
      const index = 3 * ((pixels[from + (bit >> 3)] >> (8 - bits - (bit & 7))) & mask);
      data[to] = palette[index];
      data[to + 1] = palette[index + 1];
      data[to + 2] = palette[index + 2];
    }
  });
  return { data, width, height, channels: 3 };
}

function fromRgb(pixels: Uint8Array, rows: Rows): RawBitmap {
  const { width, height } = rows;
  const data = new Uint8Array(width * height * 3);
  forEachRow(rows, (from, y) => {
    for (let to = y * width * 3, end = to + width * 3; to < end; to += 3, from += 3) {
      data[to] = pixels[from + 2];
      data[to + 1] = pixels[from + 1];
      data[to + 2] = pixels[from];
    }
  });
  return { data, width, height, channels: 3 };
}

function fromMasks(pixels: Uint8Array, rows: Rows): RawBitmap {
  const { width, height, bits, masks } = rows;
  const shifts = masks.map((mask) => (mask === 0 ? 0 : 31 - Math.clz32(mask & -mask)));
  const factors = masks.map((mask, i) => (mask === 0 ? 0 : 255 / (mask >>> shifts[i])));
  const data = new Uint8Array(width * height * 4);
  const bytesPerPixel = bits / 8;
  let alphas = 0;
  forEachRow(rows, (from, y) => {
    for (let to = y * width * 4, end = to + width * 4; to < end; to += 4, from += bytesPerPixel) {
      let value = pixels[from] | (pixels[from + 1] << 8);
      if (bytesPerPixel === 4) value |= (pixels[from + 2] << 16) | (pixels[from + 3] << 24);
      for (let c = 0; c < 4; c++) data[to + c] = ((value & masks[c]) >>> shifts[c]) * factors[c] + 0.5;
      alphas |= data[to + 3];
    }
  });
  // Alpha that is 0 everywhere is not alpha.
  if (alphas === 0) for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { data, width, height, channels: 4 };
}

/** Expands run lengths, which stand from the bottom up; what they skip has colour 0. `rows` counts those that are whole. */
function expandRuns(
  runs: Uint8Array,
  { width, height, bits }: Header,
): { indices: Uint8Array; rows: number } {
  const indices = new Uint8Array(width * height);
  const indexAt = (byte: number, i: number) => (bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15);
  let at = 0;
  let x = 0;
  let y = 0;
  while (y < height && at + 1 < runs.length) {
    const count = runs[at++];
    const value = runs[at++];
    if (count > 0) {
      for (let i = 0; i < count && x < width; i++) indices[y * width + x++] = indexAt(value, i);
    } else if (value === 0) {
      x = 0;
      y++;
    } else if (value === 1) {
      y = height;
    } else if (value === 2) {
      x += runs[at++] ?? 0;
      y += runs[at++] ?? 0;
    } else {
      for (let i = 0; i < value && x < width; i++) {
        indices[y * width + x++] = indexAt(runs[at + (bits === 8 ? i : i >> 1)] ?? 0, i);
      }
      at += 2 * Math.ceil((bits === 8 ? value : value / 2) / 2);
    }
  }
  return { indices, rows: Math.min(y, height) };
}
