import { expect, it } from 'vitest';
import { draw, paper, seven } from '../sheets.fixture.ts';
import { strokeThickness } from './thickness.ts';

it.each([2, 4, 8])('measures a stroke that is %i pixels thick', (thickness) => {
  const stroke = draw(
    paper(60, 60, 0),
    [
      [12, 14],
      [46, 44],
    ],
    { thickness, ink: 1 },
  );
  const measured = strokeThickness(stroke);
  expect(measured).toBeGreaterThan(0.7 * thickness);
  expect(measured).toBeLessThan(1.15 * thickness);
});

it('measures the strokes of a digit', () => {
  const digit = draw(paper(80, 80, 0), seven(25, 15, 50), { thickness: 6, ink: 1 });
  expect(strokeThickness(digit)).toBeCloseTo(6, 0);
});

it('finds no thickness where there is no ink', () => {
  expect(strokeThickness(paper(20, 20, 0))).toBe(0);
});
