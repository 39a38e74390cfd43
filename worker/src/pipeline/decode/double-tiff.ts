import { type DeepBitmap, stretch } from './deep.ts';
import type { RawBitmap } from './flatten.ts';
import { upright } from './upright.ts';

const TAGS = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  offsets: 273,
  orientation: 274,
  channels: 277,
  stripRows: 278,
  planes: 284,
  format: 339,
};
const FLOATING = 3;

/**
 * Decodes a TIFF of 64-bit floating point, which libtiff's users refuse and NumPy writes: uncompressed, grey or RGB.
 *
 * @returns null for any other TIFF
 */
export function decodeDoubleTiff(bytes: Uint8Array): RawBitmap | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return decode(view, view.getUint8(0) === 0x49);
  } catch (error) {
    // A part of it lies past the end of the file.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function decode(view: DataView, isLittle: boolean): RawBitmap | null {
  const values = (tag: number) => readTag(view, isLittle, tag);
  const first = (tag: number, otherwise: number) => values(tag)[0] ?? otherwise;
  const [width, height, channels] = [first(TAGS.width, 0), first(TAGS.height, 0), first(TAGS.channels, 1)];
  const isPlain = first(TAGS.compression, 1) === 1 && first(TAGS.planes, 1) === 1;
  const isDouble = first(TAGS.bits, 1) === 64 && first(TAGS.format, 1) === FLOATING;
  const length = width * height * channels;
  if (!isPlain || !isDouble || ![1, 3].includes(channels) || length * 8 > view.byteLength) return null;
  const data = new Float32Array(length);
  const offsets = values(TAGS.offsets);
  const perStrip = first(TAGS.stripRows, height) * width * channels;
  for (let i = 0; i < length; i++) {
    data[i] = view.getFloat64(offsets[Math.floor(i / perStrip)] + (i % perStrip) * 8, isLittle);
  }
  const bitmap: DeepBitmap = { data, width, height, channels, isInteger: false };
  return upright(stretch(bitmap), first(TAGS.orientation, 1));
}

/** The values of a tag of the first directory; none where it is absent. */
function readTag(view: DataView, isLittle: boolean, tag: number): number[] {
  const directory = view.getUint32(4, isLittle);
  for (let i = 0, at = directory + 2; i < view.getUint16(directory, isLittle); i++, at += 12) {
    if (view.getUint16(at, isLittle) !== tag) continue;
    const isShort = view.getUint16(at + 2, isLittle) === 3;
    const count = view.getUint32(at + 4, isLittle);
    if (count > view.byteLength) return [];
    const from = count * (isShort ? 2 : 4) <= 4 ? at + 8 : view.getUint32(at + 8, isLittle);
    return Array.from({ length: count }, (_, k) =>
      isShort ? view.getUint16(from + 2 * k, isLittle) : view.getUint32(from + 4 * k, isLittle),
    );
  }
  return [];
}
