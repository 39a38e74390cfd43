import { Transformer } from '@napi-rs/image';
import { ImageError } from '../image-error.ts';
import type { RawBitmap } from './flatten.ts';

/** Above this many pixels, decoding belongs on libvips's threads, not on the event loop. */
const PIXELS_MAX = 300_000;

/** Channels by PNG's colour type; palettes (3) are left to libvips. */
const CHANNELS = new Map([
  [0, 1],
  [2, 3],
  [4, 2],
  [6, 4],
]);

/** Length of the signature and the IHDR chunk in bytes. */
const HEADER_BYTES = 33;
const SIGNATURE_BYTES = 8;
/** A chunk's length, type and checksum, in bytes. */
const CHUNK_FRAME_BYTES = 12;
const TRNS = 0x74_52_4e_53;
const IDAT = 0x49_44_41_54;

/**
 * Decodes a small 8-bit PNG at once, without libvips. Most programs and every canvas send such PNGs: libvips takes ten times
 * as long for them, most of it to set up.
 *
 * @returns null for any other PNG, which libvips decodes as it does every other format
 * @throws ImageError unreadable-image
 */
export function decodeSmallPng(bytes: Uint8Array): RawBitmap | null {
  if (bytes.length < HEADER_BYTES) return null;
  // After the signature (8 bytes): IHDR's length (4), type (4), width, height, bit depth, colour type.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const channels = CHANNELS.get(bytes[25]);
  if (width * height > PIXELS_MAX || width * height === 0 || bytes[24] !== 8 || !channels) return null;
  if (hasTransparentColour(view)) return null;
  const data = decodePixels(bytes);
  if (data.length !== width * height * channels) return null;
  return { data, width, height, channels };
}

/** A tRNS chunk makes one colour transparent, or comes with a palette: that is rare, and left to libvips. */
function hasTransparentColour(view: DataView): boolean {
  for (let at = SIGNATURE_BYTES; at + 8 <= view.byteLength; at += CHUNK_FRAME_BYTES + view.getUint32(at)) {
    const type = view.getUint32(at + 4);
    if (type === TRNS) return true;
    if (type === IDAT) return false;
  }
  return false;
}

function decodePixels(bytes: Uint8Array): Uint8Array {
  try {
    return new Transformer(bytes).rawPixelsSync();
  } catch (cause) {
    throw new ImageError('unreadable-image', 'The picture is damaged or cut off.', { cause });
  }
}
