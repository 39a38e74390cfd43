import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { parsePng } from './chunks.ts';
import { decodeSmallPng } from './pixels.ts';

const decode = (bytes: Uint8Array) => decodeSmallPng(parsePng(bytes)!);

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
    const decoded = decode(await gradient(31, 17, channels).png().toBuffer());
    expect(decoded).toMatchObject({ width: 31, height: 17, channels });
    expect(Buffer.from(decoded!.data).equals(samples(31, 17, channels))).toBe(true);
  });

  it.each([1, 2, 3, 4] as const)('undoes the filters of %i channels', async (channels) => {
    const decoded = decode(await gradient(61, 47, channels).png({ adaptiveFiltering: true }).toBuffer());
    expect(Buffer.from(decoded!.data).equals(samples(61, 47, channels))).toBe(true);
  });

  it('leaves palettes, 16 bits, interlaced and large images to libvips', async () => {
    expect(decode(await gradient(31, 17, 3).png({ palette: true }).toBuffer())).toBeNull();
    expect(decode(await gradient(31, 17, 3).toColourspace('rgb16').png().toBuffer())).toBeNull();
    expect(decode(await gradient(31, 17, 3).png({ progressive: true }).toBuffer())).toBeNull();
    expect(decode(await gradient(800, 800, 1).png().toBuffer())).toBeNull();
  });

  it('leaves an image that is cut off or damaged to libvips', async () => {
    const png = await gradient(64, 64, 3).png().toBuffer();
    expect(decode(png.subarray(0, png.length / 2))).toBeNull();
    const damaged = Buffer.from(png);
    damaged[80]! ^= 255;
    expect(decode(damaged)).toBeNull();
  });

  it('gives the grey of what has neither colours nor transparency, and leaves the rest as it is', async () => {
    for (const [width, height] of [
      [8, 8],
      [31, 17],
      [280, 280],
    ] as const) {
      const grey = samples(width, height, 1);
      const opaque = sharp(grey, { raw: { width, height, channels: 1 } }).toColourspace('srgb');
      for (const image of [opaque.clone(), opaque.clone().ensureAlpha()]) {
        const decoded = decode(await image.png().toBuffer())!;
        expect(decoded.channels).toBe(1);
        expect(Buffer.from(decoded.data).equals(grey)).toBe(true);
      }
      const last = width * height - 1;
      for (const channel of [0, 1, 2, 3]) {
        const pixels = Buffer.concat([...grey].map((value) => Buffer.of(value, value, value, 255)));
        pixels[4 * last + channel]! ^= 1;
        const raw = { raw: { width, height, channels: 4 as const } };
        const decoded = decode(await sharp(pixels, raw).png().toBuffer())!;
        expect(decoded.channels).toBe(4);
        expect(Buffer.from(decoded.data).equals(pixels)).toBe(true);
      }
    }
  });

  it('takes the memory of one picture for the next', async () => {
    const one = decode(await gradient(31, 17, 3).png().toBuffer())!;
    const other = decode(await gradient(31, 17, 3).png().toBuffer())!;
    expect(other.data.buffer).toBe(one.data.buffer);
  });
});
