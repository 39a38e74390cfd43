import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { costOf, isHeavy } from './cost.ts';

function page(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: '#eee' } });
}

describe('costOf', () => {
  it.each([
    ['png', page(300, 200).png(), 3],
    ['a palette PNG', page(300, 200).png({ palette: true }), 3],
    ['a 16-bit PNG', page(300, 200).toColourspace('rgb16').png(), 6],
    ['an interlaced PNG', page(300, 200).png({ progressive: true }), 5.1],
    ['a JPEG', page(300, 200).jpeg(), 3 / 8],
    ['a progressive JPEG of half the colour', page(300, 200).jpeg({ progressive: true }), 3],
    ['a progressive JPEG', page(300, 200).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }), 6],
    ['a WebP', page(300, 200).webp(), 4],
    ['a lossless WebP', page(300, 200).webp({ lossless: true }), 4],
    ['a WebP with alpha', page(300, 200).ensureAlpha(0.5).webp(), 4],
    ['a GIF', page(300, 200).gif(), 7],
    ['a TIFF', page(300, 200).tiff(), 3],
    ['a 16-bit TIFF', page(300, 200).toColourspace('rgb16').tiff({ compression: 'none' }), 6],
    ['a bilevel TIFF', page(300, 200).toColourspace('b-w').tiff({ bitdepth: 1 }), 3],
    ['an AVIF', page(300, 200).avif({ effort: 0 }), 20],
  ] as const)('reads the header of %s', async (_, image, bytesPerPixel) => {
    const cost = costOf(await image.toBuffer());
    expect(cost).toMatchObject({ width: 300, height: 200 });
    expect(cost!.memory / (300 * 200)).toBeCloseTo(bytesPerPixel, 5);
  });

  it('counts the scans of a progressive JPEG', async () => {
    const cost = costOf(await page(300, 200).jpeg({ progressive: true }).toBuffer());
    expect(cost!.work / (300 * 200)).toBeGreaterThanOrEqual(6);
  });

  it.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)(
    'tells nothing of a %s that ends anywhere in its header',
    async (format) => {
      const bytes = await page(16, 16).toFormat(format).toBuffer();
      for (let length = 0; length < 64; length++) {
        expect(() => costOf(bytes.subarray(0, length))).not.toThrow();
      }
    },
  );

  it('reads a JPEG with stray bytes between its segments, as decoders do', async () => {
    const bytes = await page(300, 200).jpeg().toBuffer();
    const tables = bytes.indexOf('ffc0', 2, 'hex');
    const stray = Buffer.concat([bytes.subarray(0, tables), Buffer.alloc(3), bytes.subarray(tables)]);
    expect(costOf(stray)).toEqual(costOf(bytes));
  });

  it('tells nothing of other bytes', () => {
    expect(costOf(Buffer.from('a letter'))).toBeNull();
  });
});

describe('isHeavy', () => {
  /** A header that claims this many pixels. */
  async function png(side: number): Promise<Buffer> {
    const bytes = await page(8, 8).png().toBuffer();
    bytes.writeUInt32BE(side, 16);
    bytes.writeUInt32BE(side, 20);
    return bytes;
  }

  it('a drawing, and a photo of a phone, are light', async () => {
    expect(isHeavy(await png(280))).toBe(false);
    expect(isHeavy(await page(4032, 3024).jpeg().toBuffer())).toBe(false);
  });

  it('an image whose header cannot be understood is heavy, and what is no image is not', async () => {
    const big = Buffer.from('II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0', 'latin1');
    expect(isHeavy(big), 'BigTIFF').toBe(true);
    expect(isHeavy((await png(280)).subarray(0, 20))).toBe(true);
    expect(isHeavy(Buffer.from('a letter'))).toBe(false);
  });

  it('an image of very many parts is heavy', async () => {
    const whole = await png(280);
    const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from('tEXt'), Buffer.alloc(4)]);
    const chunks = [whole.subarray(0, 33), ...Array<Buffer>(3_000).fill(chunk), whole.subarray(33)];
    expect(isHeavy(Buffer.concat(chunks))).toBe(true);
    const jpeg = await page(28, 28).jpeg().toBuffer();
    const comment = Buffer.from('fffe0002', 'hex');
    const segments = [jpeg.subarray(0, 2), ...Array<Buffer>(3_000).fill(comment), jpeg.subarray(2)];
    expect(isHeavy(Buffer.concat(segments))).toBe(true);
    // A TIFF whose first directory is also its next one.
    const tiff = await page(28, 28).tiff({ compression: 'none' }).toBuffer();
    const directory = tiff.readUInt32LE(4);
    tiff.writeUInt32LE(directory, directory + 2 + tiff.readUInt16LE(directory) * 12);
    expect(isHeavy(tiff)).toBe(true);
    const gif = await page(28, 28).gif().toBuffer();
    expect([isHeavy(gif), isHeavy(Buffer.concat([gif, Buffer.alloc(2_000_000)]))]).toEqual([false, true]);
  });

  it('an image of many pixels or many bytes is heavy', async () => {
    expect(isHeavy(await png(6_000))).toBe(true);
    expect(isHeavy(Buffer.concat([await png(280), Buffer.alloc(6_000_000)]))).toBe(true);
  });
});
