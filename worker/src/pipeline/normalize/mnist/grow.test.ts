import { expect, it } from 'vitest';
import { strokeThickness } from '../raster/thickness.ts';
import { draw, paper } from '../sheets.fixture.ts';
import { growStroke } from './grow.ts';

/** One straight stroke of ink 1 on nothing. */
const stroke = (thickness: number) =>
  draw(
    paper(60, 60, 0),
    [
      [12, 14],
      [46, 44],
    ],
    { thickness, ink: 1 },
  );

it.each([1, 2.5, -1])('grows a stroke of 6 pixels by %f on each side', (pixels) => {
  const grown = strokeThickness(growStroke(stroke(6), pixels));
  expect(Math.abs(grown - strokeThickness(stroke(6 + 2 * pixels)))).toBeLessThan(0.8);
});

it('leaves a stroke that is to grow by nothing', () => {
  const before = stroke(3);
  expect(growStroke(before, 0)).toBe(before);
});
