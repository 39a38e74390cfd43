import { expect, it } from 'vitest';
import { flatten } from './flatten.ts';

/** A bitmap of the given pixels, each an array of its samples. */
function bitmap(...pixels: number[][]) {
  const channels = pixels[0].length;
  return { data: Uint8Array.from(pixels.flat()), width: pixels.length, height: 1, channels };
}

it('keeps grey and colour as they are', () => {
  expect(flatten(bitmap([10], [200]))).toMatchObject({ channels: 1, data: Uint8Array.of(10, 200) });
  const colour = bitmap([1, 2, 3], [4, 5, 6]);
  expect(flatten(colour)).toMatchObject({ channels: 3, data: colour.data });
});

it('takes one channel of a bitmap whose three channels are equal', () => {
  expect(flatten(bitmap([9, 9, 9], [80, 80, 80]))).toMatchObject({
    channels: 1,
    data: Uint8Array.of(9, 80),
  });
});

it.each([
  [
    'grey',
    [
      [7, 255],
      [90, 255],
    ],
    1,
    [7, 90],
  ],
  [
    'colour',
    [
      [1, 2, 3, 255],
      [4, 5, 6, 255],
    ],
    3,
    [1, 2, 3, 4, 5, 6],
  ],
  [
    'grey saved as colour',
    [
      [5, 5, 5, 255],
      [6, 6, 6, 255],
    ],
    1,
    [5, 6],
  ],
] as const)('drops the alpha of an opaque bitmap: %s', (_, pixels, channels, data) => {
  const flat = flatten(bitmap(...pixels.map((pixel) => [...pixel])));
  expect(flat).toMatchObject({ channels, data: Uint8Array.from(data) });
});

it.each([1, 4, 7])('takes the grey of %i opaque pixels, and not of pixels that differ', (count) => {
  const greys = Array.from({ length: count }, (_, i) => [i * 30, i * 30, i * 30, 255]);
  expect(flatten(bitmap(...greys))).toMatchObject({
    channels: 1,
    data: Uint8Array.from(greys.map(([grey]) => grey)),
  });
  for (let at = 0; at < count; at++) {
    const tinted = greys.with(at, [1, 1, 2, 255]);
    expect(flatten(bitmap(...tinted)).channels).toBe(3);
    const seeThrough = greys.with(at, [9, 9, 9, 254]);
    expect(flatten(bitmap(...seeThrough)).channels).toBe(3);
  }
});

it('lays dark ink on white and light ink on black', () => {
  const dark = flatten(bitmap([0, 0], [20, 255], [0, 0], [0, 0]));
  expect([...dark.data]).toEqual([255, 20, 255, 255]);
  const light = flatten(bitmap([0, 0], [240, 255], [0, 0], [0, 0]));
  expect([...light.data]).toEqual([0, 240, 0, 0]);
});

it('blends half-transparent pixels', () => {
  const { data } = flatten(bitmap([0, 0, 0, 0], [0, 0, 0, 128], [0, 0, 0, 255], [0, 0, 0, 0]));
  expect(data[3]).toBeGreaterThan(120);
  expect(data[3]).toBeLessThan(135);
});
