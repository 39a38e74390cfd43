import { expect, test } from 'vitest';
import { lineThrough, median } from './flat.ts';

const series = (value: (i: number) => number, length = 1_000) =>
  Array.from({ length }, (_, i) => ({ at: 3 * i, value: value(i) }));

test('the line through a series is not moved by a few samples', () => {
  const { slope, growth, middle } = lineThrough(series((i) => (i % 10 === 0 ? 9_000 : 100 + 2 * i)));
  expect(slope).toBeCloseTo(2 / 3, 1);
  expect(growth).toBeCloseTo(2 * 999, -2);
  expect(middle).toBeGreaterThan(1_000);
});

test('a saw that always comes back is flat', () => {
  expect(Math.abs(lineThrough(series((i) => i % 50)).growth)).toBeLessThan(10);
});

test('of no samples there is no growth', () => {
  expect(lineThrough([])).toEqual({ middle: 0, slope: 0, growth: 0 });
  expect(median([3, 1, 2, 10])).toBe(2.5);
});
