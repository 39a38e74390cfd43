import { expect, it } from 'vitest';
import { reduce } from './reduce.ts';

it('averages blocks of a region, the last ones over what is left of it', () => {
  const data = Uint8Array.from({ length: 36 }, (_, i) => (i % 6) * 10);
  const bitmap = { data, width: 6, height: 6, channels: 1 as const };
  const { planes, width, height } = reduce(bitmap, { left: 1, top: 1, right: 6, bottom: 6 }, 2);
  expect([width, height]).toEqual([3, 3]);
  expect([...planes[0].subarray(0, 3)]).toEqual([15, 35, 50]);
  expect([...planes[0].subarray(6, 9)]).toEqual([15, 35, 50]);
});

it('keeps colours apart', () => {
  const data = Uint8Array.from({ length: 7 * 5 * 3 }, (_, i) => [200, 100, 30][i % 3]);
  const { planes } = reduce(
    { data, width: 7, height: 5, channels: 3 },
    { left: 0, top: 0, right: 7, bottom: 5 },
    3,
  );
  expect(planes.map((plane) => [...new Set(plane)])).toEqual([[200], [100], [30]]);
});

it.each([
  [{ left: 0, top: 0, right: 40, bottom: 30 }, 5],
  [{ left: 3, top: 2, right: 38, bottom: 29 }, 4],
  [{ left: 7, top: 1, right: 9, bottom: 30 }, 13],
])('gives the same four bytes at a time as one by one: %j by %i', (region, factor) => {
  const data = Uint8Array.from({ length: 40 * 30 }, (_, i) => (i * i * 31 + 255 * (i % 3)) & 255);
  const unaligned = new Uint8Array(data.length + 1).subarray(1);
  unaligned.set(data);
  const size = { width: 40, height: 30, channels: 1 as const };
  expect(reduce({ data, ...size }, region, factor)).toEqual(
    reduce({ data: unaligned, ...size }, region, factor),
  );
});
