import sharp, { type Metadata, type Sharp } from 'sharp';
import { ImageError } from '../image-error.ts';
import { type DeepBitmap, stretch } from './deep.ts';
import type { RawBitmap } from './flatten.ts';

/** Longest side of a bitmap in pixels: enough for a small digit on a large page, few enough to normalise in milliseconds. */
export const BITMAP_SIDE_MAX = 800;
/** libvips's loaders of the formats that detectFormat lets pass. */
const LOADERS = ['Png', 'Jpeg', 'Webp', 'Nsgif', 'Tiff', 'Heif'];
/** An image that takes longer is given up. Most take milliseconds; heavy ones have a process that ends before. */
const TIMEOUT_S = 30;

// No image is decoded twice: the cache would only hold memory.
sharp.cache(false);
// Bytes that detectFormat lets pass reach only these loaders, whatever else libvips could open.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS.map((loader) => `VipsForeignLoad${loader}`) });

interface Options {
  /** What is an error: a damaged file, one about which the decoder has any doubt, or nothing that leaves a pixel. */
  failOn?: 'error' | 'warning' | 'none';
  /** Neither turns it upright nor applies its colour profile. */
  asStored?: boolean;
  /** Shrinks nothing. */
  keepsSize?: boolean;
  /** Throws for an image that should not be decoded; called before any pixel is. */
  check: (metadata: Metadata) => void;
}

/**
 * Decodes by libvips: upright, no side longer than BITMAP_SIDE_MAX, 8 bits.
 *
 * @throws ImageError unreadable-image
 */
export async function decodeByLibvips(
  bytes: Uint8Array,
  { failOn = 'error', asStored = false, keepsSize = false, check }: Options,
): Promise<{ bitmap: RawBitmap; metadata: Metadata }> {
  const image = sharp(bytes, { failOn, ignoreIcc: asStored, limitInputPixels: false });
  const metadata = await image.metadata().catch((cause: unknown) => {
    throw unreadable('header', cause);
  });
  check(metadata);
  const isDeep = metadata.depth !== 'uchar' && DEEP_SPACES.has(metadata.space);
  if (!asStored) image.autoOrient();
  image.timeout({ seconds: TIMEOUT_S });
  const small = keepsSize ? image : shrink(image, metadata, isDeep);
  try {
    if (isDeep) return { bitmap: await readDeep(small, metadata), metadata };
    const bitmap = await readPixels(small);
    return { bitmap: metadata.space === 'b-w' && bitmap.channels === 4 ? toGrey(bitmap) : bitmap, metadata };
  } catch (cause) {
    if (cause instanceof Error && cause.message.startsWith('timeout')) {
      throw new ImageError(
        'too-many-pixels',
        `The picture takes more than ${TIMEOUT_S} s to decode. Send a smaller one.`,
      );
    }
    throw unreadable('pixels', cause);
  }
}

/** The size of an image, whose header only libvips understands: that of its bitmap where nothing was shrunk. */
export async function sizeOf(bytes: Uint8Array, bitmap: Size): Promise<Size> {
  if (Math.max(bitmap.width, bitmap.height) < BITMAP_SIDE_MAX) return bitmap;
  return sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => bitmap);
}

interface Size {
  width: number;
  height: number;
}

/** Brings decoded pixels to the size that decodeByLibvips gives. */
export async function shrinkBitmap(bitmap: RawBitmap): Promise<RawBitmap> {
  if (Math.max(bitmap.width, bitmap.height) <= BITMAP_SIDE_MAX) return bitmap;
  const { data, width, height, channels } = bitmap;
  return readPixels(
    shrink(sharp(data, { raw: { width, height, channels: channels as 1 | 2 | 3 | 4 } }), bitmap, false),
  );
}

/** Colour spaces of samples that can be stretched; libvips converts the others, such as CMYK. */
const DEEP_SPACES = new Set(['b-w', 'grey16', 'rgb16', 'srgb', 'rgb', 'scrgb', 'multiband']);
const INTEGERS = new Set(['char', 'ushort', 'short', 'uint', 'int']);

function shrink(image: Sharp, { width, height }: Size, isDeep: boolean): Sharp {
  if (Math.max(width, height) <= BITMAP_SIDE_MAX) return image;
  return image.resize({
    width: BITMAP_SIDE_MAX,
    height: BITMAP_SIDE_MAX,
    fit: 'inside',
    // The default goes past the darkest and the lightest sample at edges, and the range of deep ones counts.
    ...(isDeep && { kernel: 'linear' }),
  });
}

async function readPixels(image: Sharp): Promise<RawBitmap> {
  const { data, info } = await image
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/** Grey + alpha of what libvips makes RGB + alpha. */
function toGrey({ data, width, height }: RawBitmap): RawBitmap {
  const grey = new Uint8Array(width * height * 2);
  for (let from = 0, to = 0; to < grey.length; from += 4, to += 2) {
    grey[to] = data[from];
    grey[to + 1] = data[from + 3];
  }
  return { data: grey, width, height, channels: 2 };
}

async function readDeep(image: Sharp, { space, depth }: Metadata): Promise<RawBitmap> {
  const { data, info } = await image
    .toColourspace(space)
    .raw({ depth: 'float' })
    .toBuffer({ resolveWithObject: true });
  const bitmap: DeepBitmap = {
    data: new Float32Array(data.buffer, data.byteOffset, data.length / Float32Array.BYTES_PER_ELEMENT),
    width: info.width,
    height: info.height,
    channels: info.channels,
    isInteger: INTEGERS.has(depth),
  };
  return stretch(bitmap);
}

function unreadable(part: 'header' | 'pixels', cause: unknown): ImageError {
  return new ImageError(
    'unreadable-image',
    `The picture is damaged or cut off: its ${part} cannot be read.`,
    {
      cause,
    },
  );
}
