import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Bitmap } from '../bitmap.ts';
import { decode } from './decode.fixture.ts';
import { createDecoder } from './decoder.ts';
import { chunk, exif } from './png/png.fixture.ts';
import { encodeTiff } from './tiff.fixture.ts';

/** 24×16, dark left half, light right half. */
function halves(channels: 3 | 4 = 3) {
  const data = Buffer.alloc(24 * 16 * channels, 255);
  for (let i = 0; i < 24 * 16; i++) if (i % 24 < 12) data.fill(20, i * channels, i * channels + 3);
  return sharp(data, { raw: { width: 24, height: 16, channels } });
}

function strokes(colour: number, background?: number) {
  const data = Buffer.alloc(24 * 16 * 4);
  for (let i = 0; i < 24 * 16; i++) {
    const ink = i % 24 === 12;
    data.fill(ink ? colour : (background ?? 0), i * 4, i * 4 + 3);
    data[i * 4 + 3] = ink || background !== undefined ? 255 : 0;
  }
  return sharp(data, { raw: { width: 24, height: 16, channels: 4 } })
    .png()
    .toBuffer();
}

describe('decode', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)('decodes %s', async (format) => {
    const bitmap = await decode(await halves().toFormat(format).toBuffer());
    expect([bitmap.width, bitmap.height]).toEqual([24, 16]);
    const at = (x: number) => bitmap.data[(8 * 24 + x) * bitmap.channels];
    expect(at(3)).toBeLessThan(60);
    expect(at(20)).toBeGreaterThan(220);
  });

  it.each([
    ['16-bit', halves().toColourspace('rgb16').png()],
    ['palette', halves().png({ palette: true })],
    ['CMYK', halves().toColourspace('cmyk').jpeg()],
    ['grey', halves().toColourspace('b-w').png()],
  ])('decodes %s samples to 8-bit grey or RGB', async (_, image) => {
    const bitmap = await decode(await image.toBuffer());
    expect([1, 3]).toContain(bitmap.channels);
    expect(bitmap.data).toHaveLength(24 * 16 * bitmap.channels);
    expect(bitmap.data[0]).toBeLessThan(60);
    expect(bitmap.data.at(-1)).toBeGreaterThan(220);
  });

  // The page's width is 3/2 of its height, and its upper left quarter is dark.
  const corner = (width: number) => {
    const height = (width * 2) / 3;
    const data = Buffer.alloc(width * height, 255);
    for (let y = 0; y < height / 2; y++) data.fill(20, y * width, y * width + width / 2);
    return sharp(data, { raw: { width, height, channels: 1 } }).toColourspace('b-w');
  };
  const CORNERS = ['', '#./..', '.#/..', '../.#', '../#.', '#./..', '.#/..', '../.#', '../#.'];
  const show = ({ data, width, height, channels }: Bitmap) => {
    const at = (x: number, y: number) => (data[(y * width + x) * channels]! < 100 ? '#' : '.');
    const [right, bottom] = [width - 3, height - 3];
    return `${at(2, 2)}${at(right, 2)}/${at(2, bottom)}${at(right, bottom)}`;
  };
  describe.each([1, 2, 3, 4, 5, 6, 7, 8])('applies orientation %i', (orientation) => {
    const isTurned = orientation >= 5;
    it.each([
      ['png', 48],
      ['png', 600],
      ['png', 1_200],
      ['jpeg', 48],
      ['jpeg', 1_200],
      ['webp', 48],
      ['webp', 1_200],
      ['tiff', 48],
      ['tiff', 1_200],
      ['avif', 48],
      ['avif', 1_200],
    ] as const)('of %s, %i pixels wide', async (format, width) => {
      const image = corner(width).withMetadata({ orientation });
      const bitmap = await decode(await image.toFormat(format).toBuffer());
      expect(show(bitmap)).toBe(CORNERS[orientation]);
      expect(bitmap.width > bitmap.height).toBe(!isTurned);
    });

    it.each(['II', 'MM'] as const)(
      'of a PNG whose EXIF comes after the pixels, in order %s',
      async (endian) => {
        for (const width of [48, 1_200]) {
          const png = await corner(width).png().toBuffer();
          const end = png.length - 12;
          const moved = Buffer.concat([png.subarray(0, end), exif(orientation, endian), png.subarray(end)]);
          expect(show(await decode(moved))).toBe(CORNERS[orientation]);
        }
      },
    );

    it.each(['II', 'MM'] as const)('of a TIFF in byte order %s', async (endian) => {
      const bytes = encodeTiff({
        width: 48,
        height: 32,
        samples: await corner(48).raw().toBuffer(),
        orientation,
        endian,
      });
      expect(show(await decode(bytes))).toBe(CORNERS[orientation]);
    });

    it('of a JPEG whose end is missing', async () => {
      const whole = await corner(600).withMetadata({ orientation }).jpeg().toBuffer();
      expect(show(await decode(whole.subarray(0, whole.length - 2)))).toBe(CORNERS[orientation]);
    });
  });

  it.each([
    ['begins as in a JPEG', (end: Buffer) => [exif(6, 'MM', { prefix: 'Exif\0\0' }), end]],
    ['is large', (end: Buffer) => [exif(6, 'MM', { suffix: '\0'.repeat(2_000_000) }), end]],
    ['lacks its checksum', () => [exif(6).subarray(0, -4)]],
  ])('applies the orientation of an EXIF chunk that %s', async (_, tail) => {
    const png = await corner(48).png().toBuffer();
    const end = png.length - 12;
    const bytes = Buffer.concat([png.subarray(0, end), ...tail(png.subarray(end))]);
    expect(show(await decode(bytes))).toBe(CORNERS[6]);
  });

  it('takes the first of a hundred thousand chunks that say the same', async () => {
    const png = await halves().png().toBuffer();
    const filled = [png.subarray(0, 33), ...Array<Buffer>(100_000).fill(exif(1)), png.subarray(33)];
    const start = performance.now();
    expect(await decode(Buffer.concat(filled))).toEqual(await decode(png));
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('applies the EXIF orientation', async () => {
    const bitmap = await decode(await halves().withMetadata({ orientation: 6 }).jpeg().toBuffer());
    expect([bitmap.width, bitmap.height]).toEqual([16, 24]);
    expect(bitmap.data[0]).toBeLessThan(60);
    expect(bitmap.data.at(-1)).toBeGreaterThan(220);
  });

  it.each([
    ['black strokes on white', 0, 255],
    ['white strokes on black', 255, 0],
  ])('lays ink that is in the alpha channel alone onto a background: %s', async (_, ink, ground) => {
    const bitmap = await decode(await strokes(ink));
    expect(bitmap.channels).toBe(3);
    expect(bitmap.data[12 * 3]).toBe(ink);
    expect(bitmap.data[0]).toBe(ground);
  });

  it('continues the paper of a cut-out photo under its transparent rim', async () => {
    const inner = await strokes(240, 10);
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const rim = sharp(inner).extend({ top: 4, bottom: 4, left: 4, right: 4, background: clear });
    const bitmap = await decode(await rim.png().toBuffer());
    expect([...bitmap.data.subarray(0, 3)]).toEqual([10, 10, 10]);
  });

  it('shrinks large images to a working size', async () => {
    const large = sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#eee' } });
    const bitmap = await decode(await large.jpeg().toBuffer());
    expect(Math.max(bitmap.width, bitmap.height)).toBeLessThanOrEqual(1024);
    expect(bitmap.width / bitmap.height).toBeCloseTo(4 / 3, 2);
  });

  it('decodes the first frame of an animation', async () => {
    const frames = Buffer.alloc(24 * 32 * 3, 255).fill(20, 0, 24 * 16 * 3);
    const animated = sharp(frames, { raw: { width: 24, height: 32, channels: 3, pageHeight: 16 } });
    const bitmap = await decode(await animated.gif().toBuffer());
    expect([bitmap.width, bitmap.height]).toEqual([24, 16]);
    expect(bitmap.data[0]).toBeLessThan(60);
  });

  it.each([
    ['empty-file', Buffer.alloc(0)],
    ['unsupported-format', Buffer.from('just text, renamed to .png')],
    ['unsupported-format', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>')],
    ['unsupported-format', Buffer.from('%PDF-1.7\n1 0 obj\n')],
    ['unsupported-format', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
    ['unsupported-format', Buffer.from('BM and more')],
    ['unreadable-image', Buffer.from(`BM${'\0'.repeat(12)}\x28\0\0\0\x10\0\0\0\x10\0\0\0`, 'latin1')],
    ['unsupported-format', Buffer.from('\0')],
    ['unreadable-image', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['unreadable-image', Buffer.concat([Buffer.from('\xff\xd8\xff', 'latin1'), Buffer.alloc(200, 7)])],
  ])('refuses bytes that are not an image: %s', (code, bytes) =>
    expect(decode(bytes)).rejects.toMatchObject({ code }),
  );

  it.each(['png', 'jpeg', 'webp', 'tiff', 'gif', 'avif'] as const)(
    'refuses a truncated %s',
    async (format) => {
      const noise = Buffer.from(Uint8Array.from({ length: 128 * 128 * 3 }, (_, i) => (i * 7919) % 251));
      const whole = await sharp(noise, { raw: { width: 128, height: 128, channels: 3 } })
        .toFormat(format)
        .toBuffer();
      await expect(decode(whole.subarray(0, whole.length / 2))).rejects.toMatchObject({
        code: 'unreadable-image',
      });
    },
  );

  it('refuses a decompression bomb by its header', async () => {
    const bomb = Buffer.from(await halves().png().toBuffer());
    bomb.writeUInt32BE(30_000, 16);
    bomb.writeUInt32BE(30_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    await expect(decode(bomb)).rejects.toMatchObject({ code: 'too-many-pixels' });
  });

  it('counts pixels against its limit', async () => {
    const strict = createDecoder({ memoryMax: 300 });
    await expect(strict.decode(await halves().png().toBuffer())).rejects.toMatchObject({
      code: 'too-many-pixels',
    });
  });

  it('passes over chunks of a PNG that no pixel depends on, whatever they would inflate to', async () => {
    const png = await halves().png().toBuffer();
    const bomb = Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.alloc(20_000_000))]);
    const filled = [png.subarray(0, 33), ...Array<Buffer>(100).fill(chunk('zTXt', bomb)), png.subarray(33)];
    const start = performance.now();
    expect(await decode(Buffer.concat(filled))).toEqual(await decode(png));
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it.each([
    [12_000, 8],
    [8, 12_000],
    [4_000, 30],
  ])('refuses a strip of %i×%i, of which no digit is left once it is shrunk', async (width, height) => {
    const strip = sharp({ create: { width, height, channels: 3, background: '#eee' } });
    await expect(decode(await strip.png().toBuffer())).rejects.toMatchObject({
      code: 'too-small',
      message: expect.stringContaining(`${width}×${height}`),
    });
  });

  it('names the limit that it has', async () => {
    const strict = createDecoder({ memoryMax: 5_000_000 });
    const large = sharp({ create: { width: 2_000, height: 2_000, channels: 3, background: '#eee' } });
    await expect(strict.decode(await large.png().toBuffer())).rejects.toMatchObject({
      code: 'too-many-pixels',
      message: expect.stringMatching(/2000×2000.*12 MB.*5 MB/),
    });
  });

  it('refuses a 1×1 image', async () => {
    const dot = sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } });
    await expect(decode(await dot.png().toBuffer())).rejects.toMatchObject({ code: 'too-small' });
  });
});
