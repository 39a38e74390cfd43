import { expect, it } from 'vitest';
import type { PenWidth, Stroke } from '../state/sheet.ts';
import { exportedDiameters } from './exported-pen.ts';

const through = (pen: PenWidth, ...points: [number, number][]): Stroke => ({
  points: points.map(([x, y]) => [x, y, 0.5]),
  pen,
  pressed: false,
});

it('leaves large writing as it is', () => {
  expect(exportedDiameters([through('medium', [50, 40], [120, 240])])).toEqual([15]);
  expect(exportedDiameters([through('fine', [50, 40], [120, 140])])).toEqual([9]);
});

it('bounds the pen of small writing by its extent, whichever pen wrote it', () => {
  const [fine, medium, broad] = exportedDiameters([
    through('fine', [10, 10], [20, 45]),
    through('medium', [60, 10], [70, 45]),
    through('broad', [110, 10], [120, 45]),
  ]);
  expect([fine, medium, broad]).toEqual([3.5, 3.5, 3.5]);
});

it('gives a short stroke the pen of the long one that it meets, also by way of a third', () => {
  const bow = through('medium', [10, 10], [10, 50]);
  const bar = through('medium', [11, 10], [25, 10]);
  const hook = through('medium', [26, 10], [26, 14]);
  expect(exportedDiameters([hook, bow, bar])).toEqual([4, 4, 4]);
});

it('takes digits in a row one by one, however long the row is', () => {
  const row = [0, 1, 2, 3, 4, 5].map((place) =>
    through('medium', [20 + 40 * place, 100], [35 + 40 * place, 130]),
  );
  expect(exportedDiameters(row)).toEqual(row.map(() => 3));
});

it('leaves a dot visible', () => {
  expect(exportedDiameters([through('broad', [140, 140])])).toEqual([2]);
});
