import { expect, it } from 'vitest';
import { barsPath, linePath, scaleEnd } from './chart-paths.ts';

it.each([
  [[], 1],
  [[0, null], 1],
  [[0.3, 0.1], 0.3],
  [[1], 1],
  [[3, null, 42], 50],
  [[501], 600],
  [[801], 1000],
])('ends the scale of %j at %f', (values, end) => {
  expect(scaleEnd(values)).toBe(end);
});

it('draws a bar for each value, and none for zero', () => {
  expect(barsPath([0, 5], 10)).toBe('M1.12 100V50h0.76V100z');
});

it('draws a line from point to point', () => {
  expect(linePath([10, 5, 0], 10)).toBe('M0.5 0L1.5 50L2.5 100');
});

it('interrupts the line where a value is missing, and draws a dot for a value alone', () => {
  expect(linePath([null, 5, null, 10, 10], 10)).toBe('M1.5 50h0M3.5 0L4.5 0');
});
