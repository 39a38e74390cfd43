import { expect, it } from 'vitest';
import { histogramOf } from '../raster/histogram.ts';
import { grain, lit, paper } from '../sheets.fixture.ts';
import { splitLevels } from './levels.ts';

/** A sheet of which a share, from the left, has another level. */
const halves = (share: number, left: number, right: number) => {
  const sheet = paper(50, 20, right);
  for (let i = 0; i < sheet.values.length; i++) if (i % 50 < share * 50) sheet.values[i] = left;
  return sheet;
};
const splitOf = (sheet: ReturnType<typeof paper>) => splitLevels(histogramOf(sheet.values));

it.each([
  ['dark', 40, 220],
  ['light', 220, 40],
])('tells the rarer level from the common one where the rarer is %s', (_, rarer, common) => {
  const split = splitOf(halves(0.2, rarer, common));
  expect(split.rarer).toBeCloseTo(rarer, 6);
  expect(split.common).toBeCloseTo(common, 6);
  expect(split.share).toBeCloseTo(0.2, 6);
  expect(split.explained).toBeCloseTo(1, 6);
});

it('gives the means of grained levels', () => {
  const split = splitOf(grain(halves(0.3, 60, 200), 12));
  expect(split.rarer).toBeCloseTo(60, -1);
  expect(split.common).toBeCloseTo(200, -1);
  expect(split.explained).toBeGreaterThan(0.95);
});

it('explains less of a gradient than of two levels', () => {
  const gradient = lit(paper(50, 20, 250), (x) => x);
  expect(splitOf(gradient).explained).toBeLessThan(0.8);
});

it('explains nothing where there is one level', () => {
  expect(splitOf(paper(20, 20, 180))).toMatchObject({ explained: 0, share: 0 });
});
