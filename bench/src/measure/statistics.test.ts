import { expect, test } from 'vitest';
import { median, percentile, spread } from './statistics.ts';

test('the median of an odd number of values is the middle one, in whatever order they come', () => {
  expect(median([9, 1, 5])).toBe(5);
});

test('the median of an even number of values is the mean of the two in the middle', () => {
  expect(median([1, 10, 4, 2])).toBe(3);
});

test('the spread is relative to the median', () => {
  expect(spread([90, 100, 120])).toBeCloseTo(0.3);
});

test('a percentile is a value that was measured, by its rank', () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i);
  expect(percentile(values, 0.5)).toBe(100);
  expect(percentile(values, 0.99)).toBe(198);
  expect(percentile([7, 3], 0.99)).toBe(7);
  expect(percentile([7], 0)).toBe(7);
  expect(percentile([], 0.99)).toBeNaN();
});
