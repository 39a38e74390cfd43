import { expect, it } from 'vitest';
import { zoomOn } from './closer-look.ts';

const page = { width: 800, height: 600 };

it('zooms in on a small digit, with some paper around it', () => {
  const zoom = zoomOn({ left: 50, top: 5, right: 55, bottom: 10 }, 10, page);
  expect(zoom).toMatchObject({ factor: 1 });
  expect(zoom?.region.left).toBeLessThan(500);
  expect(zoom?.region.top).toBeGreaterThanOrEqual(0);
  expect(zoom?.region.right).toBeGreaterThan(550);
});

it('does not zoom in where the digit is large, or the bitmap has no more pixels', () => {
  expect(zoomOn({ left: 10, top: 5, right: 45, bottom: 50 }, 10, page)).toBeNull();
  expect(zoomOn({ left: 10, top: 5, right: 18, bottom: 15 }, 1, page)).toBeNull();
});
