import { expect, test } from 'vitest';
import { median, spread } from './statistics.ts';

test('the median of an odd number of values is the middle one, in whatever order they come', () => {
  expect(median([9, 1, 5])).toBe(5);
});

test('the median of an even number of values is the mean of the two in the middle', () => {
  expect(median([1, 10, 4, 2])).toBe(3);
});

test('the spread is relative to the median', () => {
  expect(spread([90, 100, 120])).toBeCloseTo(0.3);
});
