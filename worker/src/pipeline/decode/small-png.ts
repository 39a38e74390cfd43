import { Transformer } from '@napi-rs/image';
import { PictureError } from '../picture.ts';
import type { RawPicture } from './flatten.ts';

/** Above this many pixels decoding belongs on libvips' threads, not on the event loop. */
const PIXELS_MAX = 300_000;

/** Channels of PNG's colour types; palettes (3) are left to libvips. */
const channelsOf = new Map([
  [0, 1],
  [2, 3],
  [4, 2],
  [6, 4],
]);

/**
 * Decodes a small 8-bit PNG on the spot. What most programs and every canvas send: libvips takes ten times as long for it,
 * nearly all of that to set up. Null for any other PNG, which is decoded as every other format is.
 *
 * @throws PictureError unreadable-image
 */
export function decodeSmallPng(bytes: Uint8Array): RawPicture | null {
  // Signature (8), then IHDR: length (4), type (4), width, height, bit depth, colour type.
  if (bytes.length < 33) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const channels = channelsOf.get(bytes[25]!);
  if (width * height > PIXELS_MAX || width * height === 0 || bytes[24] !== 8 || !channels) return null;
  if (hasTransparentColour(view)) return null;
  const data = decodePixels(bytes);
  if (data.length !== width * height * channels) return null;
  return { data, width, height, channels };
}

/** A tRNS chunk makes one colour transparent, or comes with a palette: rare, and libvips' matter. */
function hasTransparentColour(view: DataView): boolean {
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const type = view.getUint32(at + 4);
    if (type === 0x74_52_4e_53) return true;
    if (type === 0x49_44_41_54) return false;
  }
  return false;
}

function decodePixels(bytes: Uint8Array): Uint8Array {
  try {
    return new Transformer(bytes).rawPixelsSync();
  } catch (cause) {
    throw new PictureError('unreadable-image', 'The picture is damaged or cut off.', { cause });
  }
}
