import type { ImageFormat } from '@inkqueue/shared/node/image-format';
import type { Metadata } from 'sharp';
import type { RawBitmap } from './flatten.ts';
import { decodeByLibvips } from './libvips.ts';
import { acceptMissing } from './missing.ts';
import { upright } from './upright.ts';

/** What libjpeg gives for the blocks that are missing. */
const JPEG_GREY = 128;
const JPEG_END = Buffer.from('ffd9', 'hex');
/** A row with this many such pixels at its end was not decoded whole. */
const JPEG_GREY_PIXELS = 2;
/** What is missing of a WebP's bytes is missing of its rows, roughly. */
const WEBP_ROWS_FACTOR = 1.5;

type Check = (metadata: Metadata) => void;

/**
 * What is whole of an image that libvips refused: the image less its last rows.
 *
 * @returns null where the format does not allow to tell what is whole
 * @throws ImageError unreadable-image where more is missing than a margin
 */
export async function decodeCutOff(
  bytes: Uint8Array,
  format: ImageFormat,
  check: Check,
): Promise<RawBitmap | null> {
  if (format === 'jpeg') return decodeJpeg(bytes, check);
  if (format === 'gif') return decodeGif(bytes, check);
  if (format === 'webp') return decodeWebp(bytes, check);
  return null;
}

/**
 * A JPEG that lacks only its end marker is whole; and a progressive one that has its first scan is, only less sharp. libjpeg
 * fills in what is missing with one grey.
 */
async function decodeJpeg(bytes: Uint8Array, check: Check): Promise<RawBitmap | null> {
  const ended = endJpeg(bytes);
  const whole = await decodeByLibvips(ended, { failOn: 'warning', check }).catch(() => null);
  if (whole) return whole.bitmap;
  const { bitmap, metadata } = await decodeByLibvips(ended, { failOn: 'none', asStored: true, check });
  // Its grey is another one in other colour spaces.
  if (metadata.space !== 'srgb' && metadata.space !== 'b-w') return null;
  const greyBytes = JPEG_GREY_PIXELS * bitmap.channels;
  const isGrey = (pixels: Uint8Array) => pixels.every((sample) => sample === JPEG_GREY);
  let rows = wholeRows(bitmap, (row) => !isGrey(row.subarray(-greyBytes)));
  // The last block that there is may be damaged: it ends the row above where the next row holds nothing.
  const isNextEmpty = rows === bitmap.height || isGrey(rowOf(bitmap, rows).subarray(0, greyBytes));
  if (!metadata.isProgressive && isNextEmpty) {
    const blockRows = /:0$/.test(metadata.chromaSubsampling ?? '') ? 16 : 8;
    rows = Math.max(0, rows - Math.ceil((blockRows * bitmap.height) / metadata.height));
  }
  return upright(crop(bitmap, rows), metadata.orientation);
}

/** Ends a JPEG that was cut off: after the last scan that it has, for libjpeg refuses a table or a header that is cut. */
function endJpeg(bytes: Uint8Array): Buffer {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = data.length;
  do at = data.lastIndexOf(0xff, at - 1);
  while (at > 0 && !isMarker(data[at + 1]));
  const isScan =
    data[at + 1] === 0xda && at + 4 <= data.length && at + 2 + data.readUInt16BE(at + 2) < data.length;
  return Buffer.concat([isScan ? data : data.subarray(0, at), JPEG_END]);
}

/** Whether 0xFF and this byte begin a segment: not a sample, a restart, filling or the end of the file. */
function isMarker(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0xc0 && byte < 0xff && !(byte >= 0xd0 && byte <= 0xd7);
}

/** libnsgif leaves what is missing transparent: rows at the end, or every second one of an interlaced GIF. */
async function decodeGif(bytes: Uint8Array, check: Check): Promise<RawBitmap> {
  const { bitmap } = await decodeByLibvips(bytes, { failOn: 'none', asStored: true, check });
  if (bitmap.channels !== 4) return bitmap;
  const hasPixels = (row: Uint8Array) => row.some((sample, at) => at % 4 === 3 && sample > 0);
  const height = wholeRows(bitmap, hasPixels);
  const isEmpty = Array.from({ length: height }, (_, y) => !hasPixels(rowOf(bitmap, y)));
  const gaps = isEmpty.slice(isEmpty.indexOf(false)).filter(Boolean).length;
  acceptMissing((bitmap.height - height + gaps) / bitmap.height);
  return crop(bitmap, height);
}

/** libwebp refuses a file that is shorter than it says, and decodes one that ends in zeros up to where those begin. */
async function decodeWebp(bytes: Uint8Array, check: Check): Promise<RawBitmap | null> {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(4, true) + 8;
  const share = (1 - bytes.length / length) * WEBP_ROWS_FACTOR;
  if (share <= 0) return null;
  acceptMissing(share);
  const filled = Buffer.alloc(length);
  filled.set(bytes);
  const { bitmap, metadata } = await decodeByLibvips(filled, { failOn: 'none', asStored: true, check });
  return upright(crop(bitmap, Math.floor(bitmap.height * (1 - share))), metadata.orientation);
}

/** How many rows there are above those at the end that are not whole. */
function wholeRows(bitmap: RawBitmap, isWhole: (row: Uint8Array) => boolean): number {
  let rows = bitmap.height;
  while (rows > 0 && !isWhole(rowOf(bitmap, rows - 1))) rows--;
  return rows;
}

function rowOf({ data, width, channels }: RawBitmap, y: number): Uint8Array {
  return data.subarray(y * width * channels, (y + 1) * width * channels);
}

function crop(bitmap: RawBitmap, height: number): RawBitmap {
  acceptMissing(1 - height / bitmap.height);
  return { ...bitmap, height, data: bitmap.data.subarray(0, bitmap.width * height * bitmap.channels) };
}
