import { ImageError } from '../image-error.ts';
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
 * Decodes a TIFF of 16-bit or 64-bit floating point, which NumPy writes: uncompressed, grey or RGB. libtiff's users refuse the one
 * and take the other for integers.
 *
 * @returns null for any other TIFF
 * @throws ImageError unreadable-image for a compressed one of 16 bits
 */
export function decodeFloatTiff(bytes: Uint8Array): RawBitmap | null {
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
  if (view.getUint16(2, isLittle) !== 42) return null;
  const first = (tag: number, otherwise: number) => readTag(view, isLittle, tag, 1)[0] ?? otherwise;
  const bits = first(TAGS.bits, 1);
  if (first(TAGS.format, 1) !== FLOATING || (bits !== 16 && bits !== 64)) return null;
  const [width, height, channels] = [first(TAGS.width, 0), first(TAGS.height, 0), first(TAGS.channels, 1)];
  const perStrip = first(TAGS.stripRows, height) * width * channels;
  const length = width * height * channels;
  const isPlain = first(TAGS.compression, 1) === 1 && first(TAGS.planes, 1) === 1;
  const mayFit = length > 0 && (length * bits) / 8 <= view.byteLength;
  const offsets = mayFit ? readTag(view, isLittle, TAGS.offsets, height) : [];
  if (!isPlain || ![1, 3].includes(channels) || !mayFit || offsets.length * perStrip < length) {
    if (bits === 64) return null;
    throw new ImageError(
      'unreadable-image',
      'The picture is a TIFF of 16-bit floating point, cut off or in a rare form. Save it as PNG.',
    );
  }
  const read = bits === 64 ? readDouble : readHalf;
  const data = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    data[i] = read(view, offsets[Math.floor(i / perStrip)] + ((i % perStrip) * bits) / 8, isLittle);
  }
  const bitmap: DeepBitmap = { data, width, height, channels, isInteger: false };
  return upright(stretch(bitmap), first(TAGS.orientation, 1));
}

const readDouble = (view: DataView, at: number, isLittle: boolean) => view.getFloat64(at, isLittle);

/** IEEE 754's binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function readHalf(view: DataView, at: number, isLittle: boolean): number {
  const half = view.getUint16(at, isLittle);
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The first `max` values of a tag of the first directory; none where it is absent. */
function readTag(view: DataView, isLittle: boolean, tag: number, max: number): number[] {
  const directory = view.getUint32(4, isLittle);
  for (let i = 0, at = directory + 2; i < view.getUint16(directory, isLittle); i++, at += 12) {
    if (view.getUint16(at, isLittle) !== tag) continue;
    const isShort = view.getUint16(at + 2, isLittle) === 3;
    const count = view.getUint32(at + 4, isLittle);
    const from = count * (isShort ? 2 : 4) <= 4 ? at + 8 : view.getUint32(at + 8, isLittle);
    return Array.from({ length: Math.min(count, max, view.byteLength) }, (_, k) =>
      isShort ? view.getUint16(from + 2 * k, isLittle) : view.getUint32(from + 4 * k, isLittle),
    );
  }
  return [];
}
