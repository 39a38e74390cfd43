import { expect, it } from 'vitest';
import type { Stroke } from '../state/sheet.ts';
import { inkExtent } from './stroke.ts';

const through = (...points: [number, number][]): Stroke => ({
  points: points.map(([x, y]) => [x, y, 0.5]),
  pen: 'medium',
  pressed: false,
});

it('measures the longer side of all ink', () => {
  expect(inkExtent([through([10, 10], [30, 15])])).toBe(20);
  expect(inkExtent([through([10, 10], [30, 15]), through([20, 90])])).toBe(80);
});

it('is zero for a dot, and without ink', () => {
  expect(inkExtent([through([100, 100])])).toBe(0);
  expect(inkExtent([])).toBe(0);
});
