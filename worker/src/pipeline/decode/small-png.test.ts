import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { ImageError } from '../image-error.ts';
import { decodeSmallPng } from './small-png.ts';

/** A gradient with every channel different, so that a mix-up of channels shows. */
function samples(width: number, height: number, channels: 1 | 2 | 3 | 4): Buffer {
  return Buffer.from(
    Array.from({ length: width * height * channels }, (_, i) => (i * 37 + (i % channels) * 11) & 255),
  );
}

function gradient(width: number, height: number, channels: 1 | 2 | 3 | 4) {
  const image = sharp(samples(width, height, channels), { raw: { width, height, channels } });
  return channels <= 2 ? image.toColourspace('b-w') : image;
}

describe('decodeSmallPng', () => {
  it.each([1, 2, 3, 4] as const)('gives every sample of %i channels', async (channels) => {
    const decoded = decodeSmallPng(await gradient(31, 17, channels).png().toBuffer());
    expect(decoded).toMatchObject({ width: 31, height: 17, channels });
    expect(Buffer.from(decoded!.data).equals(samples(31, 17, channels))).toBe(true);
  });

  it('gives every sample of an interlaced image', async () => {
    const decoded = decodeSmallPng(await gradient(31, 17, 3).png({ progressive: true }).toBuffer());
    expect(Buffer.from(decoded!.data).equals(samples(31, 17, 3))).toBe(true);
  });

  it('leaves palettes, 16 bits and large images to libvips', async () => {
    expect(decodeSmallPng(await gradient(31, 17, 3).png({ palette: true }).toBuffer())).toBeNull();
    expect(decodeSmallPng(await gradient(31, 17, 3).toColourspace('rgb16').png().toBuffer())).toBeNull();
    expect(decodeSmallPng(await gradient(600, 600, 1).png().toBuffer())).toBeNull();
  });

  it('refuses an image that is cut off or damaged', async () => {
    const png = await gradient(64, 64, 3).png().toBuffer();
    expect(() => decodeSmallPng(png.subarray(0, png.length / 2))).toThrow(ImageError);
    const damaged = Buffer.from(png);
    damaged[80]! ^= 255;
    expect(() => decodeSmallPng(damaged)).toThrow(ImageError);
  });
});
