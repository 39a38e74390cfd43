import { expect, it } from 'vitest';
import { inkExtent, type Stroke } from './stroke.ts';

const through = (...points: [number, number][]): Stroke => ({
  points: points.map(([x, y]) => [x, y, 0.5]),
  pen: 'medium',
  pressed: false,
});

it('measures the longer side of all ink', () => {
  expect(inkExtent([through([10, 10], [30, 15])])).toBe(20);
  expect(inkExtent([through([10, 10], [30, 15]), through([20, 90])])).toBe(80);
});

it('measures nothing for a dot, nor for no ink', () => {
  expect(inkExtent([through([100, 100])])).toBe(0);
  expect(inkExtent([])).toBe(0);
});
