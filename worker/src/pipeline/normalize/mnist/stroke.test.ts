import { expect, it } from 'vitest';
import { draw, paper } from '../sheets.fixture.ts';
import { growStroke, strokeThickness } from './stroke.ts';

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

it.each([2, 4, 8])('measures a stroke that is %i pixels thick', (thickness) => {
  const measured = strokeThickness(stroke(thickness));
  expect(measured).toBeGreaterThan(0.7 * thickness);
  expect(measured).toBeLessThan(1.15 * thickness);
});

it('finds no thickness where there is no ink', () => {
  expect(strokeThickness(paper(20, 20, 0))).toBe(0);
});

it.each([1, 2.5, -1])('grows a stroke of 6 pixels by %f on each side', (pixels) => {
  const grown = strokeThickness(growStroke(stroke(6), pixels));
  expect(Math.abs(grown - strokeThickness(stroke(6 + 2 * pixels)))).toBeLessThan(0.8);
});

it('leaves a stroke as it is when there is nothing to do', () => {
  const before = stroke(3);
  expect(growStroke(before, 0)).toBe(before);
});
