import { expect, it } from 'vitest';
import { longSide } from '../raster/grid.ts';
import { draw, paper, seven } from '../sheets.fixture.ts';
import { fitStroke } from './fit.ts';
import { inkBounds } from './place.ts';
import { strokeThickness } from './stroke.ts';

const drawn = (thickness: number) => draw(paper(80, 80, 0), seven(25, 15, 50), { thickness, ink: 1 });

/** Stroke thickness once scaled to the 20×20 box. */
function fittedThickness(thickness: number): number {
  const fitted = fitStroke(drawn(thickness));
  return (strokeThickness(fitted) * 20) / longSide(inkBounds(fitted));
}

it('measures thickness', () => {
  expect(strokeThickness(drawn(6))).toBeCloseTo(6, 0);
  expect(strokeThickness(paper(20, 20, 0))).toBe(0);
});

it('draws thin strokes up and thins what is too thick', () => {
  expect(fittedThickness(1)).toBeGreaterThan(1.6);
  expect(fittedThickness(1)).toBeLessThan(2.6);
  expect(fittedThickness(24)).toBeLessThan(6);
});

it('leaves strokes alone that are as thick as MNIST’s', () => {
  const usual = drawn(6);
  const mass = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);
  expect(mass(fitStroke(usual).values)).toBeCloseTo(mass(usual.values), 3);
});
