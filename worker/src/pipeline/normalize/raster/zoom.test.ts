import { expect, it } from 'vitest';
import { closerLook, magnify } from './zoom.ts';

const page = { width: 800, height: 600 };

it('looks again at a small digit, with some paper around it', () => {
  const zoom = closerLook({ left: 50, top: 5, right: 55, bottom: 10 }, 10, page);
  expect(zoom).toMatchObject({ factor: 1 });
  expect(zoom!.region.left).toBeLessThan(500);
  expect(zoom!.region.top).toBeGreaterThanOrEqual(0);
  expect(zoom!.region.right).toBeGreaterThan(550);
});

it('does not where the digit is large, or no more pixels are there', () => {
  expect(closerLook({ left: 10, top: 5, right: 45, bottom: 50 }, 10, page)).toBeNull();
  expect(closerLook({ left: 10, top: 5, right: 18, bottom: 15 }, 1, page)).toBeNull();
});

it('reads the overview at the place of the closer look', () => {
  const overview = { values: Float32Array.from({ length: 100 }, (_, i) => i % 10), width: 10, height: 10 };
  const zoom = { region: { left: 40, top: 40, right: 60, bottom: 60 }, factor: 2 };
  const { values } = magnify(overview, 10, zoom, { width: 10, height: 10 });
  expect(values[0]).toBeCloseTo(3.6, 4);
  expect(values[9]).toBeCloseTo(5.4, 4);
});
