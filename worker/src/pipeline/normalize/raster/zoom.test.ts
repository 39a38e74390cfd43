import { expect, it } from 'vitest';
import { magnify } from './zoom.ts';

it('samples a grid of the whole at the pixels of the zoom', () => {
  const grid = { values: Float32Array.from({ length: 100 }, (_, i) => i % 10), width: 10, height: 10 };
  const zoom = { region: { left: 40, top: 40, right: 60, bottom: 60 }, factor: 2 };
  const { values } = magnify(grid, 10, zoom, { width: 10, height: 10 });
  expect(values[0]).toBeCloseTo(3.6, 4);
  expect(values[9]).toBeCloseTo(5.4, 4);
});
