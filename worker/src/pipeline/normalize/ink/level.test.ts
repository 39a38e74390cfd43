import { expect, it } from 'vitest';
import { inkLevel } from './level.ts';

it('is the level of few strong strokes beside much that is faint', () => {
  const values = Float32Array.from({ length: 1000 }, (_, i) => (i < 80 ? 200 : i < 500 ? 30 : 2));
  expect(inkLevel(values, 10, 0.6)).toBe(200);
});

it('is 0 where nothing lies above the floor', () =>
  expect(inkLevel(new Float32Array(50).fill(9), 10, 0.6)).toBe(0));
