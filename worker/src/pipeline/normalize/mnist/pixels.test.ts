import { expect, it } from 'vitest';
import { toPixels } from './pixels.ts';

const grid = (level: (i: number) => number) => ({
  values: Float32Array.from({ length: 784 }, (_, i) => level(i)),
  width: 28,
  height: 28,
});

it('copies ink that is full already', () => {
  const pixels = toPixels(grid((i) => (i < 100 ? 1 : i < 120 ? 0.5 : 0)));
  expect([pixels[0], pixels[110], pixels[500]]).toEqual([255, 128, 0]);
});

it('stretches pale ink, within a limit', () => {
  expect(toPixels(grid((i) => (i < 100 ? 0.7 : 0)))[0]).toBe(255);
  expect(toPixels(grid((i) => (i < 100 ? 0.3 : 0)))[0]).toBeCloseTo(128, -1);
});
