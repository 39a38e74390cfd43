import { detectFormat } from '@inkqueue/shared/node/picture-format';
import sharp, { type Metadata, type Sharp } from 'sharp';
import type { Bitmap } from '../bitmap.ts';
import { ImageError } from '../image-error.ts';
import { flatten, type RawBitmap } from './flatten.ts';
import { decodeSmallPng } from './small-png.ts';

/** Longest side of a bitmap in pixels: enough for a small digit on a large page, few enough to normalise in milliseconds. */
const BITMAP_SIDE_MAX = 800;
/** Shortest side of an image in pixels. */
const IMAGE_SIDE_MIN = 8;
/** libvips's loaders of the formats that detectFormat lets pass. */
const LOADERS = ['Png', 'Jpeg', 'Webp', 'Nsgif', 'Tiff', 'Heif'];

/**
 * Decodes PNG, JPEG, WebP, GIF, TIFF (first frame or page) and AVIF, recognised by content alone.
 *
 * @param options.pixelsMax of an image, checked against its header before any pixel is decoded
 */
export function createDecoder({ pixelsMax }: { pixelsMax: number }) {
  // Bytes that detectFormat lets pass reach only these loaders, whatever else libvips could open.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS.map((loader) => `VipsForeignLoad${loader}`) });

  return {
    /** @throws ImageError for bytes that are not an image, or an image that is damaged, too large or too small */
    async decode(bytes: Uint8Array): Promise<Bitmap> {
      if (bytes.length === 0) throw new ImageError('empty-file', 'The file is empty.');
      const format = detectFormat(bytes);
      if (!format) {
        throw new ImageError(
          'unsupported-format',
          'Unsupported image format. Send PNG, JPEG, WebP, GIF, TIFF or AVIF.',
        );
      }
      const small = format === 'png' ? decodeSmallPng(bytes) : null;
      if (small) {
        checkSize(small, pixelsMax);
        return flatten(small);
      }
      const image = sharp(bytes, { failOn: 'error', limitInputPixels: false });
      const metadata = await readHeader(image);
      checkSize(metadata, pixelsMax);
      const isLarge = Math.max(metadata.width, metadata.height) > BITMAP_SIDE_MAX;
      return flatten(await readPixels(isLarge ? shrink(image) : image));
    },
  };
}

async function readHeader(image: Sharp): Promise<Metadata> {
  try {
    return await image.metadata();
  } catch (cause) {
    throw new ImageError(
      'unreadable-image',
      'The picture is damaged or cut off: its header cannot be read.',
      { cause },
    );
  }
}

function checkSize({ width, height }: Pick<Metadata, 'width' | 'height'>, pixelsMax: number): void {
  if (width * height > pixelsMax) {
    throw new ImageError(
      'too-many-pixels',
      `The picture is ${width}×${height}; at most ${Math.floor(pixelsMax / 1e6)} megapixels are read.`,
    );
  }
  if (Math.min(width, height) < IMAGE_SIDE_MIN) {
    throw new ImageError(
      'too-small',
      `The picture is ${width}×${height}; a digit needs at least ${IMAGE_SIDE_MIN}×${IMAGE_SIDE_MIN}.`,
    );
  }
}

function shrink(image: Sharp): Sharp {
  return image.resize({ width: BITMAP_SIDE_MAX, height: BITMAP_SIDE_MAX, fit: 'inside' });
}

async function readPixels(image: Sharp): Promise<RawBitmap> {
  try {
    const { data, info } = await image
      .autoOrient()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels };
  } catch (cause) {
    throw new ImageError(
      'unreadable-image',
      'The picture is damaged or cut off: its pixels cannot be read.',
      { cause },
    );
  }
}
