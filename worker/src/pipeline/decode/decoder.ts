import { costOf, type ImageCost, isHeavyCost } from '@inkqueue/shared/node/image/cost';
import { detectFormat, type ImageFormat, unsupportedFormat } from '@inkqueue/shared/node/image/format';
import type { Metadata } from 'sharp';
import type { Bitmap } from '../bitmap.ts';
import { ImageError } from '../image-error.ts';
import { decodeBmp } from './bmp.ts';
import { decodeCutOff, withoutZeros } from './cut-off.ts';
import { flatten, type RawBitmap } from './flatten.ts';
import { decodeFloatTiff } from './float-tiff.ts';
import { BITMAP_SIDE_MAX, decodeByLibvips, shrinkBitmap } from './libvips.ts';
import { buildPng, type PngFile, parsePng } from './png/chunks.ts';
import { decodeSmallPng, looksSmall } from './png/pixels.ts';
import { fillGaps, repairPng } from './png/repair.ts';
import { upright } from './upright.ts';

/** Shortest side of an image in pixels, also once it is shrunk to a bitmap. */
const IMAGE_SIDE_MIN = 8;

/** A PNG of more pixels is not repaired on the event loop. */
const REPAIR_PIXELS_MAX = 1_000_000;

/** An image whose header said that it is light, and that is heavy. */
export class HeavierThanSaid extends Error {}

/**
 * Decodes PNG, JPEG, WebP, GIF, TIFF (first frame or page), AVIF and BMP, recognised by content alone.
 *
 * @param options.memoryMax bytes that decoding one image may take, by its header
 */
export function createDecoder({ memoryMax }: { memoryMax: number }) {
  function checkCost(cost: ImageCost): void {
    const { width, height, memory } = cost;
    if (memory > memoryMax) {
      throw new ImageError(
        'too-many-pixels',
        `The picture is ${width}×${height}. To decode it takes ${megabytes(memory)}; at most ${megabytes(memoryMax)} are allowed. Send a smaller one.`,
      );
    }
    const [short, long] = width < height ? [width, height] : [height, width];
    if (short < IMAGE_SIDE_MIN) {
      throw new ImageError(
        'too-small',
        `The picture is ${width}×${height}; a digit needs at least ${IMAGE_SIDE_MIN}×${IMAGE_SIDE_MIN}.`,
      );
    }
    if (short * BITMAP_SIDE_MAX < IMAGE_SIDE_MIN * long) {
      throw new ImageError(
        'too-small',
        `The picture is a strip of ${width}×${height}: too narrow for a digit. Crop it to the digit.`,
      );
    }
  }

  return {
    /**
     * Decodes a small and simple PNG at once.
     *
     * @returns a bitmap whose pixels stay only until the next call; null for every other image
     * @throws ImageError for one that is too small
     */
    decodeSmall(bytes: Uint8Array, cost: ImageCost | null): Bitmap | null {
      if (!cost || detectFormat(bytes) !== 'png' || !looksSmall(bytes, cost)) return null;
      checkCost(cost);
      const file = parsePng(bytes);
      const small = file && decodeSmallPng(file);
      return small && flatten(small);
    },
    /**
     * Decodes what `decodeSmall` leaves.
     *
     * @param options.cost the image's cost, where the caller knows it already
     * @param options.isLight refuses to decode an image that turns out to be heavy
     * @throws ImageError for bytes that are not an image, or an image that is damaged, too large or too small
     * @throws HeavierThanSaid
     */
    async decode(
      bytes: Uint8Array,
      options: { cost?: ImageCost | null; isLight?: boolean } = {},
    ): Promise<Bitmap> {
      const { cost = costOf(bytes), isLight = false } = options;
      if (bytes.length === 0) throw new ImageError('empty-file', 'The file is empty.');
      const format = detectFormat(bytes);
      if (!format) throw new ImageError('unsupported-format', unsupportedFormat(bytes));
      if (cost) checkCost(cost);
      const check = (metadata: Metadata) => {
        const { width, height } = metadata;
        if (cost && width * height <= cost.width * cost.height) return;
        const real = costFrom(metadata);
        checkCost(real);
        if (isLight && isHeavyCost(real)) throw new HeavierThanSaid();
      };
      if (format === 'png') return flatten(await decodePng(bytes, { check, isLight }));
      if (format === 'bmp') return flatten(await shrinkBitmap(decodeBmp(bytes)));
      const floats = format === 'tiff' ? decodeFloatTiff(bytes) : null;
      if (floats) return flatten(await shrinkBitmap(floats));
      const file = withoutZeros(bytes, format);
      try {
        return flatten((await decodeByLibvips(file, { check })).bitmap);
      } catch (error) {
        if (!isUnreadable(error)) throw error;
        const rest = await decodeCutOff(file, format, check).catch((again: unknown) => {
          if (isUnreadable(again) && again.cause) return null;
          throw again;
        });
        if (rest) return flatten(rest);
        throw new ImageError('unreadable-image', damagedOrRare(format), { cause: error });
      }
    },
  };
}

async function decodePng(
  bytes: Uint8Array,
  { check, isLight }: { check: (metadata: Metadata) => void; isLight: boolean },
): Promise<RawBitmap> {
  const file = parsePng(bytes);
  if (!file) {
    throw new ImageError('unreadable-image', 'The picture is damaged or cut off: its header cannot be read.');
  }
  const decode = async (png: PngFile) =>
    (await decodeByLibvips(png.isPlain ? bytes : buildPng(png), { check })).bitmap;
  try {
    return await decode(file);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    if (isLight && file.width * file.height > REPAIR_PIXELS_MAX) throw new HeavierThanSaid();
    const { file: whole, gapsFrom } = repairPng(file);
    const small = gapsFrom === null ? decodeSmallPng(whole) : null;
    // Its samples stay only until the next call.
    if (small) return { ...small, data: small.data.slice() };
    if (gapsFrom === null) return decode(whole);
    const stored = await decodeByLibvips(buildPng(whole), {
      failOn: 'none',
      asStored: true,
      keepsSize: true,
      check,
    });
    return shrinkBitmap(upright(fillGaps(stored.bitmap, gapsFrom), stored.metadata.orientation));
  }
}

/** What an image costs whose header could not be understood before. */
function costFrom({ width, height, channels, depth }: Metadata): ImageCost {
  const sampleBytes = depth === 'uchar' ? 1 : depth.endsWith('short') ? 2 : 4;
  const memory = width * height * Math.max(3, channels) * sampleBytes;
  return { width, height, memory, work: memory };
}

const damagedOrRare = (format: ImageFormat) =>
  `The picture is damaged or cut off, or a rare kind of ${format === 'webp' ? 'WebP' : format.toUpperCase()}. Save it again, as PNG say.`;

function isUnreadable(error: unknown): error is ImageError {
  return error instanceof ImageError && error.code === 'unreadable-image';
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
