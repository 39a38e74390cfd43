import { expect, it } from 'vitest';
import { cellMeans } from './cells.ts';

it('averages square cells, those at the end over what they hold', () => {
  const values = Float32Array.from({ length: 50 * 3 }, (_, i) => i % 50);
  const cells = cellMeans({ values, width: 50, height: 3 });
  expect(cells).toMatchObject({ width: 25, height: 2, side: 2 });
  expect([cells.values[0], cells.values[24], cells.values[25]]).toEqual([0.5, 48.5, 0.5]);
});
