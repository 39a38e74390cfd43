import { detectFormat } from '@inkqueue/shared/node/picture-format';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { type Picture, PictureError } from '../picture.ts';
import { flatten } from './flatten.ts';
import { decodeSmallPng } from './small-png.ts';

/** Longest side that is handed on: enough for a small digit on a large page, little enough to normalise in milliseconds. */
const workingSide = 800;
const sideMin = 8;

/**
 * Reads PNG, JPEG, WebP, GIF, TIFF (first frame or page) and AVIF, told by content alone.
 * `pixelsMax` is checked against the header, before any pixel is decoded.
 */
export function createDecoder({ pixelsMax }: { pixelsMax: number }) {
  // What detectFormat lets pass reaches only these loaders, whatever else libvips could open.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['Png', 'Jpeg', 'Webp', 'Nsgif', 'Tiff', 'Heif'].map((loader) => `VipsForeignLoad${loader}`),
  });

  return {
    /** Throws a PictureError for whatever is no picture, is broken, too large or too small. */
    async decode(bytes: Uint8Array): Promise<Picture> {
      if (bytes.length === 0) throw new PictureError('empty-file', 'The file is empty.');
      const format = detectFormat(bytes);
      if (!format) {
        throw new PictureError(
          'unsupported-format',
          'This is no picture that can be read here. Send PNG, JPEG, WebP, GIF, TIFF or AVIF.',
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
      const isLarge = Math.max(metadata.width, metadata.height) > workingSide;
      return flatten(await readPixels(isLarge ? shrink(image) : image));
    },
  };
}

async function readHeader(image: Sharp): Promise<Metadata> {
  try {
    return await image.metadata();
  } catch (cause) {
    throw new PictureError(
      'unreadable-image',
      'The picture is damaged or cut off: its header cannot be read.',
      { cause },
    );
  }
}

function checkSize({ width, height }: Pick<Metadata, 'width' | 'height'>, pixelsMax: number): void {
  if (width * height > pixelsMax) {
    throw new PictureError(
      'too-many-pixels',
      `The picture is ${width}×${height}; at most ${Math.floor(pixelsMax / 1e6)} megapixels are read.`,
    );
  }
  if (Math.min(width, height) < sideMin) {
    throw new PictureError(
      'too-small',
      `The picture is ${width}×${height}; a digit needs at least ${sideMin}×${sideMin}.`,
    );
  }
}

function shrink(image: Sharp): Sharp {
  return image.resize({ width: workingSide, height: workingSide, fit: 'inside' });
}

async function readPixels(image: Sharp) {
  try {
    const { data, info } = await image
      .autoOrient()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels };
  } catch (cause) {
    throw new PictureError(
      'unreadable-image',
      'The picture is damaged or cut off: its pixels cannot be read.',
      { cause },
    );
  }
}
