import { expect, it } from 'vitest';
import { draw, paper } from '../sheets.fixture.ts';
import { lightSlope } from './slope.ts';

it('follows the light, not ink or the step of a shadow', () => {
  const sheet = paper(24, 20, 0);
  for (let i = 0; i < sheet.values.length; i++) sheet.values[i] = 2 * (i % 24) + (i % 24 > 14 ? 80 : 0);
  draw(
    sheet,
    [
      [5, 4],
      [9, 16],
    ],
    { thickness: 3, ink: 255 },
  );
  const slope = lightSlope(sheet);
  expect(slope[23] - slope[0]).toBeCloseTo(46, 0);
  expect(slope[19 * 24] - slope[0]).toBeCloseTo(0, 1);
});
