import sharp from 'sharp';
import { describe, expect, it, test } from 'vitest';
import type { Bitmap } from '../bitmap.ts';
import { decode } from './decode.fixture.ts';
import { encodePng } from './png/png.fixture.ts';
import { encodeTiff } from './tiff.fixture.ts';

const SIDE = 40;
/** 0 ink, 1 paper: a bar on a page, with an edge between the two. */
const light = (x: number) => (x >= 16 && x < 22 ? 0 : x === 22 ? 0.5 : 1);

const page = <T>(value: (x: number) => T): T[] =>
  Array.from({ length: SIDE * SIDE }, (_, i) => value(i % SIDE));

function png(from: number, to: number): Buffer {
  const at = (x: number) => [Math.round(from + (to - from) * light(x))];
  return encodePng({ width: SIDE, height: SIDE, bitDepth: 16, colourType: 0, at });
}

function tiff(
  array: { buffer: ArrayBufferLike },
  options: { bits: number; sampleFormat: 1 | 2 | 3; channels?: 3 },
): Buffer {
  return encodeTiff({ width: SIDE, height: SIDE, samples: new Uint8Array(array.buffer), ...options });
}

const at = ({ data, width, channels }: Bitmap, x: number) => data[(5 * width + x) * channels]!;

function expectBar(bitmap: Bitmap, { ink, paper }: { ink: number; paper: number }): void {
  expect(Math.abs(at(bitmap, 18) - ink), `ink ${at(bitmap, 18)}`).toBeLessThanOrEqual(2);
  expect(Math.abs(at(bitmap, 2) - paper), `paper ${at(bitmap, 2)}`).toBeLessThanOrEqual(2);
}

/** As IEEE 754's binary16, of normal numbers. */
function halves(values: number[]): Uint16Array {
  return Uint16Array.from(values, (value) => {
    const bits = new DataView(new ArrayBuffer(4));
    bits.setFloat32(0, value);
    const float = bits.getUint32(0);
    const exponent = ((float >>> 23) & 255) - 112;
    return exponent <= 0 ? 0 : ((float >>> 16) & 0x8000) | (exponent << 10) | ((float >>> 13) & 1023);
  });
}

const scaled = (from: number, to: number) => page((x) => from + (to - from) * light(x));
const black = { ink: 0, paper: 255 };

test.each([
  ['16 of 16 bits', png(0, 65_535), black],
  ['8 bits', png(0, 255), black],
  ['10 bits', png(0, 1_023), black],
  ['12 bits', png(0, 4_095), black],
  ['12 bits above a pedestal', png(512, 4_095), { ink: 32, paper: 255 }],
  ['a narrow range far up', png(30_000, 31_500), { ink: 0, paper: 255 }],
])('a 16-bit PNG that uses %s', async (_, bytes, expected) => expectBar(await decode(bytes), expected));

test.each([
  ['floats from 0 to 1', tiff(Float32Array.from(scaled(0, 1)), { bits: 32, sampleFormat: 3 }), black],
  ['floats from −1 to 1', tiff(Float32Array.from(scaled(-1, 1)), { bits: 32, sampleFormat: 3 }), black],
  ['floats from 0 to 255', tiff(Float32Array.from(scaled(0, 255)), { bits: 32, sampleFormat: 3 }), black],
  ['floats from 0 to 0.001', tiff(Float32Array.from(scaled(0, 0.001)), { bits: 32, sampleFormat: 3 }), black],
  ['half floats from 0 to 1', tiff(halves(scaled(0, 1)), { bits: 16, sampleFormat: 3 }), black],
  ['half floats from −1 to 1', tiff(halves(scaled(-1, 1)), { bits: 16, sampleFormat: 3 }), black],
  ['floats of any range', tiff(Float32Array.from(scaled(-700, 9)), { bits: 32, sampleFormat: 3 }), black],
  ['doubles from 0 to 1', tiff(Float64Array.from(scaled(0, 1)), { bits: 64, sampleFormat: 3 }), black],
  ['16 bits that use 12', tiff(Uint16Array.from(scaled(0, 4_095)), { bits: 16, sampleFormat: 1 }), black],
  ['signed 16 bits', tiff(Int16Array.from(scaled(-32_768, 32_767)), { bits: 16, sampleFormat: 2 }), black],
  ['signed 16 bits above 0', tiff(Int16Array.from(scaled(0, 1_023)), { bits: 16, sampleFormat: 2 }), black],
  ['32 bits', tiff(Uint32Array.from(scaled(0, 65_535)), { bits: 32, sampleFormat: 1 }), black],
  [
    'RGB floats from 0 to 1',
    tiff(Float32Array.from(scaled(0, 1).flatMap((value) => [value, value, value])), {
      bits: 32,
      sampleFormat: 3,
      channels: 3,
    }),
    black,
  ],
])('a TIFF of %s', async (_, bytes, expected) => expectBar(await decode(bytes), expected));

test('a TIFF of doubles is turned upright, and refused where it is cut off', async () => {
  const samples = new Uint8Array(Float64Array.from(scaled(0, 1)).buffer);
  const turned = encodeTiff({
    width: SIDE,
    height: SIDE,
    samples,
    bits: 64,
    sampleFormat: 3,
    orientation: 6,
  });
  const { data } = await decode(turned);
  expect([data[18 * SIDE], data[2 * SIDE]]).toEqual([0, 255]);
  await expect(decode(turned.subarray(0, turned.length - 9))).rejects.toMatchObject({
    code: 'unreadable-image',
  });
});

test('a TIFF of half floats that is compressed is refused, and not taken for integers', async () => {
  const bytes = tiff(halves(scaled(0, 1)), { bits: 16, sampleFormat: 3 });
  const compression = bytes.indexOf(Buffer.from([3, 1]));
  expect(bytes.readUInt16LE(compression)).toBe(259);
  bytes.writeUInt16LE(5, compression + 8);
  await expect(decode(bytes)).rejects.toMatchObject({ message: expect.stringContaining('floating point') });
});

describe.each([0, 20_000])('faulty pixels on a page of 16 bits whose values begin at %i', (low) => {
  const side = 200;
  const faulty = (count: number, value: number, ink = 255) =>
    encodePng({
      width: side,
      height: side,
      bitDepth: 16,
      colourType: 0,
      at: (x, y) => {
        const isFault = (x * 7_919 + y * side) % Math.floor((side * side) / count) === 3;
        return [isFault && x > 110 ? value : low + (x > 90 && x < 100 && y > 50 && y < 150 ? 0 : ink)];
      },
    });
  it.each([
    [1, 65_535],
    [40, 65_535],
    [40, 0],
  ])('leave it as readable as it is without: %i of them at %i', async (count, value) => {
    const bitmap = await decode(faulty(count, value));
    const pixel = (x: number) => bitmap.data[100 * side + x]!;
    expect(pixel(10) - pixel(95)).toBeGreaterThan(50);
  });
});

test('a small digit on a large page of 16 bits is no fault', async () => {
  const [side, noise] = [600, 300];
  const bytes = encodePng({
    width: side,
    height: side,
    bitDepth: 16,
    colourType: 0,
    at: (x, y) => [x > 300 && x < 304 && y > 300 && y < 330 ? 2_000 : 60_000 + ((x * 7 + y * 13) % noise)],
  });
  const { data } = await decode(bytes);
  expect([data[10], data[315 * side + 302]]).toEqual([234, 7]);
});

test('values that are no numbers are paper', async () => {
  const values = scaled(0, 1).map((value, i) => [value, Number.NaN, Infinity, -3.4e38][i < 4 ? i : 0]!);
  const bitmap = await decode(tiff(Float32Array.from(values), { bits: 32, sampleFormat: 3 }));
  expect([1, 2, 3].map((x) => bitmap.data[x])).toEqual([255, 255, 255]);
  expectBar(bitmap, black);
});

test('a page of 16 bits that is shrunk keeps its range', async () => {
  const side = 1_200;
  const data = Uint16Array.from({ length: side * side }, (_, i) => (i % side < 600 ? 0 : 4_095));
  const large = sharp(data, { raw: { width: side, height: side, channels: 1 } });
  const bitmap = await decode(await large.toColourspace('grey16').png().toBuffer());
  expect([bitmap.width, at(bitmap, 100), at(bitmap, 700)]).toEqual([800, 0, 255]);
});

test('16 bits with alpha: what is transparent becomes the background', async () => {
  const picture = { width: SIDE, height: SIDE, bitDepth: 16, colourType: 4 };
  for (const full of [65_535, 255]) {
    const bytes = encodePng({ ...picture, at: (x) => [0, light(x) === 0 ? full : 0] });
    expectBar(await decode(bytes), black);
  }
});

test('an AVIF of 10 bits is as one of 8', async () => {
  const data = Uint8Array.from(page((x) => 255 * light(x)));
  const image = () => sharp(data, { raw: { width: SIDE, height: SIDE, channels: 1 } });
  const [ten, eight] = await Promise.all(
    [10, 8].map(async (bitdepth) =>
      decode(
        await image()
          .avif({ bitdepth: bitdepth as 8 | 10, quality: 90 })
          .toBuffer(),
      ),
    ),
  );
  expect(Math.abs(at(ten!, 18) - at(eight!, 18))).toBeLessThan(8);
  expect(Math.abs(at(ten!, 2) - at(eight!, 2))).toBeLessThan(8);
});
