import sharp, { type Sharp } from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { decode } from './decode.fixture.ts';
import { chunk, encodePng } from './png/png.fixture.ts';
import { encodeTiff } from './tiff.fixture.ts';

const [WIDTH, HEIGHT] = [500, 400];

/** Rows that differ from one another, with noise that keeps encoders from saving. */
const samples = Buffer.from(
  Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => {
    const y = Math.floor(i / (WIDTH * 3));
    return 40 + y / 5 + (Math.imul(i, 2_654_435_761) >>> 26);
  }),
);
const picture = (): Sharp => sharp(samples, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });

const formats: [string, Sharp][] = [
  ['a baseline JPEG', picture().jpeg()],
  ['a progressive JPEG', picture().jpeg({ progressive: true })],
  ['a grey JPEG', picture().greyscale().jpeg()],
  ['a JPEG with a colour profile', picture().withIccProfile('p3').jpeg()],
  ['a PNG', picture().png()],
  ['a filtered PNG', picture().png({ adaptiveFiltering: true })],
  ['an interlaced PNG', picture().png({ progressive: true })],
  ['a palette PNG', picture().png({ palette: true })],
  ['a 16-bit PNG', picture().toColourspace('rgb16').png()],
  [
    'a large PNG',
    picture()
      .resize(WIDTH * 3, HEIGHT * 3, { kernel: 'nearest' })
      .png(),
  ],
  ['a GIF', picture().gif()],
  ['a WebP', picture().webp()],
];

/** How far two bitmaps differ in their mean, over the rows that both have. */
async function difference(cut: Uint8Array, whole: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all([decode(cut), decode(whole)]);
  expect(a).toMatchObject({ width: b.width, channels: b.channels });
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i]! - b.data[i]!);
  return sum / a.data.length;
}

describe.each(formats)('%s', (_, image) => {
  it.each([1, 2, 9])('that lacks %i bytes at its end is decoded', async (lacking) => {
    const whole = await image.toBuffer();
    expect(await difference(whole.subarray(0, whole.length - lacking), whole)).toBeLessThan(4);
  });

  it('of which a twentieth is missing is decoded without its last rows', async () => {
    const whole = await image.toBuffer();
    const cut = whole.subarray(0, Math.floor(whole.length * 0.95));
    expect(await difference(cut, whole)).toBeLessThan(6);
    const { height } = await decode(cut);
    expect(height).toBeGreaterThanOrEqual((await decode(whole)).height * 0.9);
  });
});

describe.each(formats.filter(([name]) => !/progressive|interlaced/.test(name)))('%s', (_, image) => {
  it('of which a third is missing is refused, and the message says how much', async () => {
    const whole = await image.toBuffer();
    await expect(decode(whole.subarray(0, whole.length * 0.66))).rejects.toMatchObject({
      code: 'unreadable-image',
      message: expect.stringMatching(/The last [2-9]\d % of the picture are missing/),
    });
  });
});

describe.each([1, 3])('a small JPEG of %i channels', (channels) => {
  it.each(['4:4:4', '4:2:0'])(
    'that is cut anywhere in its end is decoded right or refused, at %s',
    async (chromaSubsampling) => {
      for (const side of [24, 28, 40, 56, 64, 72, 100]) {
        const raw = { width: side, height: side, channels: channels as 1 | 3 };
        // A cross on paper: where it is missing, grey would be another shape.
        const data = Buffer.alloc(side * side * channels, 240);
        for (let i = 0; i < side; i++) {
          data.fill(20, (i * side + (side >> 1)) * channels, (i * side + (side >> 1) + 2) * channels);
          data.fill(20, ((side >> 1) * side + i) * channels, ((side >> 1) * side + i + 1) * channels);
        }
        const whole = await sharp(data, { raw }).jpeg({ chromaSubsampling }).toBuffer();
        for (const lacking of [3, 5, 10, 20, 50, 120]) {
          const cut = decode(whole.subarray(0, whole.length - lacking));
          const bitmap = await cut.catch((error: Error) => error);
          if (bitmap instanceof Error) expect(bitmap).toMatchObject({ code: 'unreadable-image' });
          else {
            const greys = bitmap.data.filter((sample) => sample > 100 && sample < 160).length;
            expect(greys / bitmap.data.length, `${side}, less ${lacking}`).toBeLessThan(0.06);
          }
        }
      }
    },
  );
});

test('a JPEG that lacks a few bytes of its last block is decoded, whatever share of its rows that is', async () => {
  const image = picture().resize(100, 100).jpeg();
  const whole = await image.toBuffer();
  const { data, width, height } = await decode(whole.subarray(0, whole.length - 5));
  expect([width, height]).toEqual([100, 100]);
  const original = await decode(whole);
  const above = 80 * 100 * 3;
  expect(data.subarray(0, above)).toEqual(original.data.subarray(0, above));
});

test.each([1, 2, 3, 5])('a GIF with a transparent page that lacks %i bytes is decoded', async (lacking) => {
  const side = 200;
  const cutOut = Buffer.alloc(side * side * 4);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const isInk = pixel % side > 50 && pixel % side < 110 && pixel > 20 * side;
    cutOut.set([samples[pixel]!, samples[pixel]!, 0, isInk ? 255 : 0], pixel * 4);
  }
  const whole = await sharp(cutOut, { raw: { width: side, height: side, channels: 4 } })
    .gif()
    .toBuffer();
  const cut = whole.subarray(0, whole.length - lacking);
  expect((await decode(cut)).height).toBeGreaterThan(side * 0.9);
  expect(await difference(cut, whole)).toBeLessThan(6);
});

test.each([
  ['a WebP', picture().webp()],
  ['a GIF', picture().gif()],
])('%s whose second half was overwritten with zeros is refused', async (_, image) => {
  const bytes = await image.toBuffer();
  bytes.fill(0, bytes.length >> 1);
  await expect(decode(bytes)).rejects.toMatchObject({ code: 'unreadable-image' });
});

test('a TIFF that lacks its last bytes is decoded', async () => {
  const bytes = encodeTiff({ width: 40, height: 40, samples: Buffer.alloc(1_600, 200) });
  const { data } = await decode(bytes.subarray(0, bytes.length - 5));
  expect([data[0], data[1_590]]).toEqual([200, 200]);
});

test('a progressive JPEG is less sharp without its last scans, and refused without its first', async () => {
  const whole = await picture().jpeg({ progressive: true }).toBuffer();
  expect(await difference(whole.subarray(0, whole.length / 2), whole)).toBeLessThan(16);
  const first = whole.indexOf('ffda', 0, 'hex');
  const second = whole.indexOf('ffda', first + 2, 'hex');
  await expect(decode(whole.subarray(0, (first + second) / 2))).rejects.toMatchObject({
    code: 'unreadable-image',
    message: expect.stringContaining('missing'),
  });
});

test('an interlaced PNG is less sharp without its last pass, and refused without the one before', async () => {
  for (const side of [1, 5]) {
    const image = picture().resize(WIDTH * side, HEIGHT * side, { kernel: 'nearest' });
    const whole = await image.png({ progressive: true, compressionLevel: 0 }).toBuffer();
    expect(await difference(whole.subarray(0, whole.length * 0.7), whole)).toBeLessThan(10);
    await expect(decode(whole.subarray(0, whole.length * 0.4))).rejects.toMatchObject({
      code: 'unreadable-image',
      message: expect.stringContaining('missing'),
    });
  }
});

test('grey paper in a whole JPEG is not taken for a missing part', async () => {
  const grey = sharp({ create: { width: 200, height: 200, channels: 3, background: '#808080' } });
  expect(await decode(await grey.jpeg().toBuffer())).toMatchObject({ height: 200 });
});

test('an interlaced GIF lacks every second row where it is cut off', async () => {
  const whole = await picture().gif({ progressive: true }).toBuffer();
  await expect(decode(whole.subarray(0, whole.length * 0.6))).rejects.toMatchObject({
    code: 'unreadable-image',
  });
});

const shape = { width: 60, height: 60, bitDepth: 8, colourType: 2 };
const at = (x: number, y: number) => [x * 4, y * 4, (x * y) & 255];

describe('a PNG whose checksums are wrong', () => {
  /** Where the data of the first IDAT begins, and how long it is. */
  const idat = (bytes: Buffer) => {
    const type = bytes.indexOf('IDAT');
    return { start: type + 4, length: bytes.readUInt32BE(type - 4) };
  };

  it('is decoded where its data are whole: that of its chunk', async () => {
    const bytes = encodePng({ ...shape, at });
    const whole = await decode(bytes);
    const { start, length } = idat(bytes);
    bytes[start + length]! ^= 255;
    expect(await decode(bytes)).toEqual(whole);
  });

  it('is decoded where its data are whole: that of its data', async () => {
    const bytes = encodePng({ ...shape, at });
    const whole = await decode(bytes);
    const { start, length } = idat(bytes);
    const data = Buffer.from(bytes.subarray(start, start + length));
    data[length - 1]! ^= 255;
    const rebuilt = [bytes.subarray(0, start - 8), chunk('IDAT', data), chunk('IEND')];
    expect(await decode(Buffer.concat(rebuilt))).toEqual(whole);
  });

  it('is refused where its data are not', async () => {
    const bytes = encodePng({ ...shape, at, width: 200, height: 200 });
    const { start, length } = idat(bytes);
    bytes[start + (length >> 1)]! ^= 255;
    await expect(decode(bytes)).rejects.toMatchObject({ code: 'unreadable-image' });
  });

  it('is decoded up to the first wrong one near its end', async () => {
    const bytes = encodePng({ ...shape, width: 200, height: 200, at }, { idatBytes: 300, level: 0 });
    const last = bytes.lastIndexOf('IDAT');
    bytes[last + 20]! ^= 255;
    const { height } = await decode(bytes);
    expect(height).toBeGreaterThanOrEqual(198);
    expect(height).toBeLessThan(200);
  });
});
