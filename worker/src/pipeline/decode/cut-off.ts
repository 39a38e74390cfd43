import type { ImageFormat } from '@inkqueue/shared/node/image/format';
import type { Metadata } from 'sharp';
import type { RawBitmap } from './flatten.ts';
import { decodeByLibvips } from './libvips.ts';
import { acceptMissing, MISSING_SHARE_MAX } from './missing.ts';
import { upright } from './upright.ts';

/** What libjpeg gives for the blocks that are missing. */
const JPEG_GREY = 128;
const JPEG_END = Buffer.from('ffd9', 'hex');
/** A row with this many such pixels at its end was not decoded whole. */
const JPEG_GREY_PIXELS = 2;
/** Rows that libvips has decoded at once. */
const STRIP_ROWS = 16;
/** A TIFF may lack this many bytes: some samples. */
const TIFF_FILL_BYTES = 64;
/** Fewer zeros at the end of a file may be pixels. */
const ZEROS_MIN = 256;
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
  if (format === 'tiff') return decodeTiff(bytes, check);
  return null;
}

/**
 * A JPEG that lacks only its end marker is whole; and a progressive one that has its first scan is, only less sharp. libjpeg
 * fills in what is missing with one grey.
 */
async function decodeJpeg(bytes: Uint8Array, check: Check): Promise<RawBitmap | null> {
  const ended = endJpeg(bytes);
  const whole = await decodeByLibvips(ended, { failOn: 'warning', check }).catch(() => null);
  // libvips notices no warning of the last rows that it decodes at once.
  if (whole && whole.metadata.height > STRIP_ROWS / MISSING_SHARE_MAX) return whole.bitmap;
  const { bitmap, metadata } = await decodeByLibvips(ended, { failOn: 'none', asStored: true, check });
  // Its grey is another one in other colour spaces.
  if (metadata.space !== 'srgb' && metadata.space !== 'b-w') return null;
  const greyBytes = JPEG_GREY_PIXELS * bitmap.channels;
  const isGrey = (pixels: Uint8Array) => pixels.every((sample) => sample === JPEG_GREY);
  const rows = wholeRows(bitmap, (row) => !isGrey(row.subarray(-greyBytes)));
  // The paper may have that grey.
  if (whole && (rows === bitmap.height || rows === 0)) return whole.bitmap;
  if (metadata.isProgressive) return upright(crop(bitmap, rows), metadata.orientation);
  return upright(completeBlocks(bitmap, metadata, rows), metadata.orientation);
}

/**
 * The last block that a baseline JPEG has may be damaged, and those after it are missing. Where that is no more than a margin of
 * the picture, its columns are continued from above; else the picture ends above these blocks.
 */
function completeBlocks(bitmap: RawBitmap, metadata: Metadata, rows: number): RawBitmap {
  const { width, height, channels } = bitmap;
  const side = (/:0$/.test(metadata.chromaSubsampling ?? '') ? 16 : 8) * (height / metadata.height);
  const isGreyAt = (x: number, y: number) => {
    const at = (y * width + x) * channels;
    return bitmap.data.subarray(at, at + channels).every((sample) => sample === JPEG_GREY);
  };
  // The row of blocks in which the data ends: where a row holds nothing, it is the one above.
  const isNextEmpty = rows === height || isGreyAt(0, rows) || isGreyAt(1, rows);
  const top = Math.max(0, isNextEmpty ? Math.floor(rows - side) : rows);
  let from = width;
  for (let y = top; y < Math.min(height, Math.ceil(top + side)); y++) {
    let x = width;
    while (x > 0 && isGreyAt(x - 1, y)) x--;
    from = Math.min(from, x);
  }
  const left = Math.max(0, Math.floor(from - side));
  const below = Math.max(0, height - Math.ceil(top + side));
  const share = ((width - left) * (height - below - top) + width * below) / (width * height);
  if (top === 0 || 1 - top / height <= MISSING_SHARE_MAX) return crop(bitmap, top);
  acceptMissing(share);
  for (let y = top; y < height; y++) {
    const x = y < height - below ? left : 0;
    const to = (y * width + x) * channels;
    bitmap.data.copyWithin(to, ((top - 1) * width + x) * channels, top * width * channels);
  }
  return bitmap;
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
  const options = { failOn: 'none', asStored: true, check } as const;
  const { bitmap: opaque } = await decodeByLibvips(withoutTransparency(bytes), options);
  const { bitmap } = await decodeByLibvips(bytes, options);
  if (opaque.channels !== 4) return bitmap;
  const hasPixels = (row: Uint8Array) => row.some((sample, at) => at % 4 === 3 && sample > 0);
  const height = wholeRows(opaque, hasPixels);
  const isEmpty = Array.from({ length: height }, (_, y) => !hasPixels(rowOf(opaque, y)));
  const gaps = isEmpty.slice(isEmpty.indexOf(false)).filter(Boolean).length;
  acceptMissing((opaque.height - height + gaps) / opaque.height);
  return crop(bitmap, height);
}

/** The same GIF, whose first frame has no transparent colour. */
function withoutTransparency(bytes: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf('21f904', 0, 'hex');
  if (at >= 0 && at + 3 < copy.length) copy[at + 3] &= ~1;
  return copy;
}

/** An uncompressed TIFF may lack its last pixels: libtiff reads no strip that ends past the file. */
async function decodeTiff(bytes: Uint8Array, check: Check): Promise<RawBitmap> {
  const filled = Buffer.concat([bytes, Buffer.alloc(TIFF_FILL_BYTES)]);
  return (await decodeByLibvips(filled, { check })).bitmap;
}

/**
 * What is left of a WebP or a GIF whose end was overwritten with zeros: a disk or a download failed. Neither format has so many in
 * a row, and their decoders take them for pixels.
 */
export function withoutZeros(bytes: Uint8Array, format: ImageFormat): Uint8Array {
  if (format !== 'webp' && format !== 'gif') return bytes;
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.length - end < ZEROS_MIN ? bytes : bytes.subarray(0, end);
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
