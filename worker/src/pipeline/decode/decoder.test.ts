import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createDecoder } from './decoder.ts';

const { decode } = createDecoder({ pixelsMax: 40_000_000 });

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
    const strict = createDecoder({ pixelsMax: 300 });
    await expect(strict.decode(await halves().png().toBuffer())).rejects.toMatchObject({
      code: 'too-many-pixels',
    });
  });

  it('refuses a 1×1 image', async () => {
    const dot = sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } });
    await expect(decode(await dot.png().toBuffer())).rejects.toMatchObject({ code: 'too-small' });
  });
});
