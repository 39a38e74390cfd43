import { expect, it } from 'vitest';
import type { Grid } from '../raster/grid.ts';
import { draw, paper, seven } from '../sheets.fixture.ts';
import { noiseLimit, paperLevel, paperNoise } from './noise.ts';

/** Adds normal noise, the same in every run. */
function grainy(sheet: Grid, deviation: number): Grid {
  let state = 12345;
  const uniform = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return (state + 1) / 2147483649;
  };
  for (let i = 0; i < sheet.values.length; i++) {
    const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    sheet.values[i] += deviation * normal;
  }
  return sheet;
}

it.each([2, 5, 9])('measures grain of deviation %i under a digit', (deviation) => {
  const sheet = draw(paper(80, 80, 180), seven(20, 12, 56), { thickness: 8 });
  expect(paperNoise(grainy(sheet, deviation)) / deviation).toBeCloseTo(1, 0);
});

it('finds no noise on clean paper, whatever is drawn on it', () => {
  expect(paperNoise(draw(paper(80, 80), seven(20, 12, 56), { thickness: 8 }))).toBe(0);
});

it('limits the noise of a close crop by its contrast, and of no larger grid', () => {
  const crop = draw(paper(28, 28, 200), seven(6, 4, 20), { ink: 0 });
  expect(noiseLimit(crop)).toBeCloseTo(8, 1);
  expect(noiseLimit(paper(200, 100))).toBe(Infinity);
});

it('finds the level that is left on paper, though ink lies on it', () => {
  const residual = draw(paper(60, 60, 3), seven(15, 10, 40), { thickness: 5, ink: 150 });
  expect(paperLevel(residual.values, 20)).toBeCloseTo(3, 0);
});
