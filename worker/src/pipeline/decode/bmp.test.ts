import { describe, expect, it, test } from 'vitest';
import { type Bmp, encodeBmp, packRows } from './bmp.fixture.ts';
import { decodeBmp } from './bmp.ts';
import { decode } from './decode.fixture.ts';

const [WIDTH, HEIGHT] = [13, 10];

/** A colour of each pixel; the top left corner stands out. */
function colourAt(x: number, y: number): [number, number, number] {
  return x < 6 && y < 4 ? [200, 40, 48] : [x * 15 + 20, y * 20 + 10, 240];
}
const isCorner = (x: number, y: number) => x < 6 && y < 4;

/** Rows in the order of the file. */
function rows(value: (x: number, y: number) => number, isTopDown = false): number[][] {
  const all = Array.from({ length: HEIGHT }, (_, y) => Array.from({ length: WIDTH }, (_, x) => value(x, y)));
  return isTopDown ? all : all.reverse();
}
const rgb = (x: number, y: number) => {
  const [r, g, b] = colourAt(x, y);
  return (r << 16) | (g << 8) | b;
};
const opaque = (x: number, y: number) => rgb(x, y) + 0xff000000;
const cutOut = (x: number, y: number) => (isCorner(x, y) ? opaque(x, y) : 0);

const paletteOf = (count: number) =>
  Array.from({ length: count }, (_, i) => [(i * 37) & 255, (i * 91) & 255, 255 - ((i * 13) & 255)] as const);
const indexAt = (count: number) => (x: number, y: number) => (x * 3 + y * 5) % count;

const MASKS = [0xff0000, 0xff00, 0xff, 0xff000000];
const whole = { width: WIDTH, height: HEIGHT };
const five = (value: number) => value >> 3;

type Pixel = readonly number[];
const cases: [string, (isTopDown: boolean) => Bmp, (x: number, y: number) => Pixel][] = [
  ...[1, 2, 4, 8].map((bits): (typeof cases)[number] => [
    `${bits} bits`,
    (isTopDown) => ({
      ...whole,
      bits,
      isTopDown,
      palette: paletteOf(2 ** bits),
      pixels: packRows(rows(indexAt(2 ** bits), isTopDown), bits),
    }),
    (x, y) => paletteOf(2 ** bits)[indexAt(2 ** bits)(x, y)]!,
  ]),
  [
    '8 bits with a short palette',
    (isTopDown) => ({
      ...whole,
      bits: 8,
      isTopDown,
      palette: paletteOf(5),
      pixels: packRows(rows(indexAt(5), isTopDown), 8),
    }),
    (x, y) => paletteOf(5)[indexAt(5)(x, y)]!,
  ],
  [
    '16 bits, five for each colour',
    (isTopDown) => ({
      ...whole,
      bits: 16,
      isTopDown,
      pixels: packRows(
        rows((x, y) => {
          const [r, g, b] = colourAt(x, y);
          return (five(r) << 10) | (five(g) << 5) | five(b);
        }, isTopDown),
        16,
      ),
    }),
    (x, y) => colourAt(x, y).map((value) => Math.round((five(value) * 255) / 31)),
  ],
  [
    '16 bits, six of them green',
    (isTopDown) => ({
      ...whole,
      bits: 16,
      isTopDown,
      compression: 3,
      masks: [0xf800, 0x07e0, 0x001f],
      pixels: packRows(
        rows((x, y) => {
          const [r, g, b] = colourAt(x, y);
          return (five(r) << 11) | ((g >> 2) << 5) | five(b);
        }, isTopDown),
        16,
      ),
    }),
    (x, y) => {
      const [r, g, b] = colourAt(x, y);
      return [(five(r) * 255) / 31, ((g >> 2) * 255) / 63, (five(b) * 255) / 31].map(Math.round);
    },
  ],
  ...([40, 124] as const).map((header): (typeof cases)[number] => [
    `24 bits, header of ${header}`,
    (isTopDown) => ({ ...whole, bits: 24, header, isTopDown, pixels: packRows(rows(rgb, isTopDown), 24) }),
    colourAt,
  ]),
  [
    '32 bits, the fourth byte unused',
    (isTopDown) => ({ ...whole, bits: 32, isTopDown, pixels: packRows(rows(rgb, isTopDown), 32) }),
    (x, y) => [...colourAt(x, y), 255],
  ],
  [
    '32 bits, alpha in the fourth byte',
    (isTopDown) => ({ ...whole, bits: 32, isTopDown, pixels: packRows(rows(cutOut, isTopDown), 32) }),
    (x, y) => (isCorner(x, y) ? [...colourAt(x, y), 255] : [0, 0, 0, 0]),
  ],
  ...([56, 108, 124] as const).map((header): (typeof cases)[number] => [
    `RGBA, header of ${header}`,
    (isTopDown) => ({
      ...whole,
      bits: 32,
      header,
      compression: 3,
      masks: MASKS,
      isTopDown,
      pixels: packRows(rows(cutOut, isTopDown), 32),
    }),
    (x, y) => (isCorner(x, y) ? [...colourAt(x, y), 255] : [0, 0, 0, 0]),
  ]),
  [
    '32 bits in another order',
    (isTopDown) => ({
      ...whole,
      bits: 32,
      compression: 3,
      masks: [0xff00, 0xff0000, 0xff000000],
      isTopDown,
      pixels: packRows(
        rows((x, y) => {
          const [r, g, b] = colourAt(x, y);
          return b * 2 ** 24 + (g << 16) + (r << 8);
        }, isTopDown),
        32,
      ),
    }),
    (x, y) => [...colourAt(x, y), 255],
  ],
];

describe.each([false, true])('top-down: %s', (isTopDown) => {
  it.each(cases)('decodes %s', (_, bmp, expected) => {
    const { data, width, height, channels } = decodeBmp(encodeBmp(bmp(isTopDown)));
    expect([width, height]).toEqual([WIDTH, HEIGHT]);
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const at = (y * WIDTH + x) * channels;
        const pixel = [...expected(x, y), 255].slice(0, channels);
        expect([...data.subarray(at, at + channels)], `${x}, ${y}`).toEqual(pixel);
      }
    }
  });
});

test.each([1, 8] as const)('decodes what OS/2 wrote, %i bits', (bits) => {
  const palette = paletteOf(2 ** bits);
  const pixels = packRows(rows(indexAt(2 ** bits)), bits);
  const { data } = decodeBmp(encodeBmp({ ...whole, bits, header: 12, palette, pixels }));
  const at = (x: number, y: number) => [...data.subarray((y * WIDTH + x) * 3, (y * WIDTH + x) * 3 + 3)];
  expect(at(3, 2)).toEqual([...palette[indexAt(2 ** bits)(3, 2)]!]);
});

describe('run lengths', () => {
  const palette = paletteOf(16);
  const column = (data: Uint8Array, x: number) => [...data.subarray(x * 3, x * 3 + 3)];

  it('of 8 bits', () => {
    const row = [3, 7, 0, 5, 1, 2, 3, 4, 5, 0, 5, 9, 0, 0];
    const pixels = Buffer.from([...Array(HEIGHT).fill(row).flat(), 0, 1]);
    const { data } = decodeBmp(encodeBmp({ ...whole, bits: 8, compression: 1, palette, pixels }));
    for (let x = 0; x < WIDTH; x++) {
      expect(column(data, x)).toEqual([...palette[x < 3 ? 7 : x < 8 ? x - 2 : 9]!]);
    }
  });

  it('of 4 bits', () => {
    const row = [4, 0x12, 0, 5, 0x34, 0x56, 0x70, 0, 4, 0x99, 0, 0];
    const pixels = Buffer.from([...Array(HEIGHT).fill(row).flat(), 0, 1]);
    const { data } = decodeBmp(encodeBmp({ ...whole, bits: 4, compression: 2, palette, pixels }));
    for (let x = 0; x < WIDTH; x++) {
      expect(column(data, x)).toEqual([...palette[x < 4 ? 1 + (x % 2) : x < 9 ? x - 1 : 9]!]);
    }
  });

  it('that skip pixels leave them at the first colour', () => {
    const pixels = Buffer.from([0, 2, 4, HEIGHT - 1, 2, 5, 0, 1]);
    const { data } = decodeBmp(encodeBmp({ ...whole, bits: 8, compression: 1, palette, pixels }));
    expect([3, 4, 5, 6].map((x) => column(data, x))).toEqual([0, 5, 5, 0].map((i) => [...palette[i]!]));
  });
});

test('a BMP that is cut off has its last rows missing: the upper ones, where they go from the bottom up', async () => {
  const side = 40;
  const level = (y: number) => (y < 20 ? 0x101010 : 0xe0e0e0);
  const values = Array.from({ length: side }, (_, y) => Array<number>(side).fill(level(side - 1 - y)));
  const bytes = encodeBmp({ width: side, height: side, bits: 24, pixels: packRows(values, 24) });
  const bitmap = await decode(bytes.subarray(0, bytes.length - 300));
  expect(bitmap).toMatchObject({ width: side, height: side - 3, channels: 1 });
  expect([bitmap.data[0], bitmap.data.at(-1)]).toEqual([0x10, 0xe0]);
  await expect(decode(bytes.subarray(0, bytes.length / 2))).rejects.toMatchObject({
    code: 'unreadable-image',
    message: expect.stringMatching(/The last \d+ % of the picture are missing/),
  });
});

test('a large BMP is shrunk', async () => {
  const pixels = packRows(
    Array.from({ length: 1_000 }, () => Array<number>(1_200).fill(0x808080)),
    24,
  );
  const bitmap = await decode(encodeBmp({ width: 1_200, height: 1_000, bits: 24, pixels }));
  expect(bitmap).toMatchObject({ width: 800, height: 667 });
});

test('whatever stands in the header and the pixels, an error is an ImageError', async () => {
  let state = 7;
  const below = (n: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const seeds = cases.map(([, bmp]) => encodeBmp(bmp(false)));
  for (let run = 0; run < 2_000; run++) {
    const bytes = Buffer.from(seeds[below(seeds.length)]!);
    for (let i = 0; i <= below(4); i++) bytes[2 + below(below(2) ? 60 : bytes.length - 2)] = below(256);
    await decode(bytes).catch((error: Error) => expect(error.name, String(error.stack)).toBe('ImageError'));
  }
});
