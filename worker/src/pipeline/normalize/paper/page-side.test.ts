import { expect, it } from 'vitest';
import { pageSide } from './page-side.ts';

it('is the long side of a page', () => {
  expect(pageSide({ width: 60, height: 60 })).toBe(60);
  expect(pageSide({ width: 60, height: 50 })).toBe(60);
  expect(pageSide({ width: 50, height: 60 })).toBe(60);
});

it('goes by the height of a strip, however long', () => {
  const strip = pageSide({ width: 64, height: 16 });
  expect(strip).toBeLessThan(40);
  expect(strip).toBeGreaterThanOrEqual(16);
  expect(pageSide({ width: 640, height: 16 })).toBe(strip);
  expect(pageSide({ width: 16, height: 640 })).toBe(strip);
});
