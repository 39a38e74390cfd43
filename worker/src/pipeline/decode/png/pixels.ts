import { readFileSync } from 'node:fs';
import type { RawBitmap } from '../flatten.ts';
import { type PngFile, SAMPLES } from './chunks.ts';

/** Above this many pixels, decoding belongs on libvips's threads, not on the event loop. */
const PIXELS_MAX = 500_000;
/** Where the bit depth stands, behind the signature, IHDR's length and type, width and height. */
const HEADER_DEPTH_AT = 24;
const PALETTE = 3;
/** Length of the zlib header in front of the deflated data. */
const ZLIB_HEADER_BYTES = 2;

/** Of the types of Node.js only those of browsers have it. */
declare const WebAssembly: {
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object) => { exports: object };
};

interface Constant {
  value: number;
}

/** worker/assembly, compiled. Addresses and lengths are in bytes of its one memory. */
interface Assembly {
  memory: { buffer: ArrayBuffer };
  deflated: Constant;
  DEFLATED_MAX: Constant;
  INFLATED_MAX: Constant;
  GREY_MAX: Constant;
  inflated: Constant;
  grey: Constant;
  /** Booleans are 0 or 1. */
  inflate(length: number, wanted: number): number;
  unfilter(rowBytes: number, height: number, channels: number): number;
  toGrey(pixels: number, channels: number): number;
}

const code = readFileSync(new URL('../../../../assembly/pixels.wasm', import.meta.url));
const assembly = new WebAssembly.Instance(new WebAssembly.Module(code)).exports as Assembly;
const memory = new Uint8Array(assembly.memory.buffer);
const [deflated, inflated, grey] = [assembly.deflated.value, assembly.inflated.value, assembly.grey.value];

/** Whether the header of a PNG says that it is one for `decodeSmallPng`: of 8 bits, without palette and interlace. */
export function looksSmall(bytes: Uint8Array, size: { width: number; height: number }): boolean {
  const [bitDepth, colourType, , , interlace] = bytes.subarray(HEADER_DEPTH_AT);
  return isSmall(size) && bitDepth === 8 && colourType !== PALETTE && interlace === 0;
}

const isSmall = ({ width, height }: { width: number; height: number }): boolean =>
  width * height <= PIXELS_MAX;

/**
 * Decodes a small 8-bit PNG at once, without libvips: most programs and every canvas send such PNGs, and libvips takes ten times as long
 * for them. It happens in one block of memory that serves all PNGs: fresh memory for each costs several times what decoding costs.
 *
 * @returns the samples, only until the next call; grey alone where there are neither colours nor transparency. Null for any other PNG, and
 *   for one that is damaged: libvips has the last word there
 */
export function decodeSmallPng(file: PngFile): RawBitmap | null {
  const { width, height, data } = file;
  const isSimple = file.bitDepth === 8 && file.colourType !== PALETTE && !file.isInterlaced;
  // A palette, a transparent colour, a colour profile or an orientation is left to libvips.
  if (!isSimple || !isSmall(file) || file.extras.size > 0) return null;
  if (file.trusted < data.length) return null;
  const channels = SAMPLES[file.colourType];
  const rowBytes = width * channels;
  // The assembly checks no bounds itself.
  const fits =
    (rowBytes + 1) * height <= assembly.INFLATED_MAX.value && width * height <= assembly.GREY_MAX.value;
  if (!fits || !inflate(data, (rowBytes + 1) * height) || !assembly.unfilter(rowBytes, height, channels))
    return null;
  if (channels > 1 && assembly.toGrey(width * height, channels))
    return { data: memory.subarray(grey, grey + width * height), width, height, channels: 1 };
  return { data: memory.subarray(inflated, inflated + rowBytes * height), width, height, channels };
}

/** Whether the data of the chunks is exactly `wanted` bytes deflated. */
function inflate(data: readonly Uint8Array[], wanted: number): boolean {
  let to = deflated;
  const end = to + assembly.DEFLATED_MAX.value;
  for (const part of data) {
    if (to + part.length > end) return false;
    memory.set(part, to);
    to += part.length;
  }
  const length = to - deflated - ZLIB_HEADER_BYTES;
  // The chunks' checksums are right already: zlib's own says nothing more.
  memory.copyWithin(deflated, deflated + ZLIB_HEADER_BYTES, to);
  return length > 0 && assembly.inflate(length, wanted) === 1;
}
