import { detectFormat, type ImageFormat } from './format.ts';

/** What an image costs its decoder, as far as its header says. */
export interface ImageCost {
  width: number;
  height: number;
  /** Bytes of memory that decoding takes. */
  memory: number;
  /** Bytes of pixels that decoding goes through: about 100 to 250 MB a second. */
  work: number;
}

type Size = Pick<ImageCost, 'width' | 'height'>;

/** An image above this much memory or work is heavy: a photo of a phone is below. */
const LIGHT_MAX = 32_000_000;
/** So is one of more bytes. */
const LIGHT_BYTES_MAX = 6_000_000;
/** libvips shrinks a JPEG while it decodes, by up to this factor for each side. */
const JPEG_SHRINK = 8;
/** Bytes that libwebp, nsgif, libheif and our BMP decoder hold for each pixel, measured. */
const BYTES_PER_PIXEL = { webp: 4, gif: 7, avif: 20, bmp: 6 };
/** Our BMP decoder holds up the worker: of large pictures it has a process of its own. */
const BMP_WORK = 20;
/** A GIF's frames are all looked through for the first one. */
const GIF_LIGHT_BYTES_MAX = 1_000_000;
/** A file of more parts (chunks of a PNG, segments of a JPEG, pages of a TIFF) was made to cost. */
const PARTS_MAX = 2_000;
/** An interlaced PNG is decoded whole before it is shrunk: libvips holds more than its pixels then, measured. */
const INTERLACED_FACTOR = 1.7;
/** Where an AVIF's dimensions are looked for. */
const AVIF_HEADER_BYTES = 65_536;
/** A progressive JPEG's scans are looked for in this many bytes. */
const SCANS_BYTES = 2_000_000;

/** Null for bytes that are not an image, and for an image whose header is damaged or unusual: only its decoder can tell. */
export function costOf(bytes: Uint8Array): ImageCost | null {
  const format = detectFormat(bytes);
  if (!format) return null;
  try {
    const cost = READERS[format](bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return cost && cost.width > 0 && cost.height > 0 ? cost : null;
  } catch (error) {
    // The header goes past the end of the file.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * Whether an image should hold up no other: it takes more than about 0.2 s to decode, or much memory, or its bytes alone are
 * many; or its header does not say.
 */
export function isHeavy(bytes: Uint8Array, cost = costOf(bytes)): boolean {
  if (cost) return bytes.length > LIGHT_BYTES_MAX || isHeavyCost(cost);
  return detectFormat(bytes) !== null;
}

export function isHeavyCost({ memory, work }: ImageCost): boolean {
  return Math.max(memory, work) > LIGHT_MAX;
}

const READERS: Record<ImageFormat, (bytes: Uint8Array, view: DataView) => ImageCost | null> = {
  png(bytes, view) {
    if (view.getUint32(12) !== PNG_HEADER) return null;
    const size = { width: view.getUint32(16), height: view.getUint32(20) };
    // Grey, RGB, palette (decoded to RGB), grey + alpha, RGB + alpha, by colour type.
    const samples = [1, 0, 3, 3, 2, 0, 4][bytes[25]!] ?? 4;
    const cost = costAt(size, samples * (bytes[24] === 16 ? 2 : 1));
    if (hasManyChunks(view)) cost.work = Number.POSITIVE_INFINITY;
    return bytes[28] === 1 ? { ...cost, memory: cost.memory * INTERLACED_FACTOR } : cost;
  },
  jpeg: jpegCost,
  webp(_, view) {
    const kind = view.getUint32(12);
    let size: Size;
    if (kind === 0x56_50_38_58) {
      const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
      size = { width: uint24(24) + 1, height: uint24(27) + 1 };
    } else if (kind === 0x56_50_38_4c) {
      const packed = view.getUint32(21, true);
      size = { width: (packed & 0x3f_ff) + 1, height: ((packed >>> 14) & 0x3f_ff) + 1 };
    } else {
      size = { width: view.getUint16(26, true) & 0x3f_ff, height: view.getUint16(28, true) & 0x3f_ff };
    }
    return costAt(size, BYTES_PER_PIXEL.webp);
  },
  gif(bytes, view) {
    const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    const cost = costAt(size, BYTES_PER_PIXEL.gif);
    return bytes.length > GIF_LIGHT_BYTES_MAX ? { ...cost, work: Number.POSITIVE_INFINITY } : cost;
  },
  tiff: tiffCost,
  avif(bytes, view) {
    const header = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, AVIF_HEADER_BYTES));
    let size: Size = { width: 0, height: 0 };
    // The properties name the size of the image, and of its tiles and thumbnails.
    for (let at = header.indexOf('ispe'); at >= 0; at = header.indexOf('ispe', at + 4)) {
      const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
      if (found.width * found.height > size.width * size.height) size = found;
    }
    return costAt(size, BYTES_PER_PIXEL.avif);
  },
  bmp(_, view) {
    const isOld = view.getUint32(14, true) === 12;
    const size = isOld
      ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
      : { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
    return { ...costAt(size, BYTES_PER_PIXEL.bmp), work: size.width * size.height * BMP_WORK };
  },
};

/** “IHDR” */
const PNG_HEADER = 0x49_48_44_52;

function hasManyChunks(view: DataView): boolean {
  let chunks = 0;
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    if (++chunks > PARTS_MAX) return true;
  }
  return false;
}

function costAt({ width, height }: Size, bytesPerPixel: number): ImageCost {
  const memory = width * height * bytesPerPixel;
  return { width, height, memory, work: memory };
}

/** A baseline JPEG is decoded a few rows at a time; one of several scans keeps all its coefficients, two bytes each. */
function jpegCost(bytes: Uint8Array, view: DataView): ImageCost | null {
  let frame: { size: Size; components: number; samples: number; isProgressive: boolean } | null = null;
  let parts = 0;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (++parts > PARTS_MAX) return null;
    const marker = bytes[at + 1]!;
    // Decoders pass over bytes between segments.
    if (bytes[at] !== 0xff || marker === 0xff || marker === 0) {
      at++;
      continue;
    }
    if (marker === 0xda) {
      if (!frame) return null;
      const { width, height } = frame.size;
      const pixels = width * height;
      const isMultiScan = frame.isProgressive || bytes[at + 4]! < frame.components;
      const work = isMultiScan ? pixels * countScans(bytes.subarray(at, at + SCANS_BYTES)) : pixels;
      const memory = isMultiScan ? pixels * frame.samples * 2 : (pixels * 3) / JPEG_SHRINK;
      return { width, height, memory, work };
    }
    // The frame's header; C4, C8 and CC among its markers are tables.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const components = view.getUint8(at + 9);
      const factors = Array.from({ length: components }, (_, i) => view.getUint8(at + 11 + 3 * i));
      const areas = factors.map((factor) => (factor >> 4) * (factor & 15));
      frame = {
        size: { width: view.getUint16(at + 7), height: view.getUint16(at + 5) },
        components,
        samples: areas.reduce((sum, area) => sum + area, 0) / Math.max(1, ...areas),
        isProgressive: marker === 0xc2 || marker === 0xc6 || marker === 0xca || marker === 0xce,
      };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function countScans(bytes: Uint8Array): number {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let scans = 0;
  for (let at = data.indexOf('ffda', 0, 'hex'); at >= 0; at = data.indexOf('ffda', at + 2, 'hex')) scans++;
  return Math.max(1, scans);
}

function hasManyPages(view: DataView, little: boolean): boolean {
  let pages = 0;
  for (let at = view.getUint32(4, little); at > 0 && at + 2 <= view.byteLength; ) {
    if (++pages > PARTS_MAX / 10) return true;
    const next = at + 2 + view.getUint16(at, little) * 12;
    if (next + 4 > view.byteLength) return false;
    at = view.getUint32(next, little);
  }
  return false;
}

/** Reads the first directory of a classic TIFF. */
function tiffCost(bytes: Uint8Array, view: DataView): ImageCost | null {
  const little = bytes[0] === 0x49;
  if (view.getUint16(2, little) !== 42) return null;
  const directory = view.getUint32(4, little);
  const entries = view.getUint16(directory, little);
  const tags = new Map<number, number>();
  for (let at = directory + 2; at < directory + 2 + entries * 12; at += 12) {
    const isShort = view.getUint16(at + 2, little) === 3;
    // The bits of several samples stand elsewhere, all alike.
    const isElsewhere = isShort && view.getUint32(at + 4, little) > 2;
    const valueAt = isElsewhere ? view.getUint32(at + 8, little) : at + 8;
    const tag = view.getUint16(at, little);
    if (!isElsewhere || tag === 258) {
      tags.set(tag, isShort ? view.getUint16(valueAt, little) : view.getUint32(valueAt, little));
    }
  }
  if (hasManyPages(view, little)) return null;
  const sampleBytes = Math.max(1, Math.ceil((tags.get(258) ?? 1) / 8));
  return costAt(
    { width: tags.get(256) ?? 0, height: tags.get(257) ?? 0 },
    Math.max(3, tags.get(277) ?? 1) * sampleBytes,
  );
}
