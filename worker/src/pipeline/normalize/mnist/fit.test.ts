import { expect, it } from 'vitest';
import type { Grid } from '../raster/grid.ts';
import { longSide } from '../raster/region.ts';
import { strokeThickness } from '../raster/thickness.ts';
import { draw, paper, seven } from '../sheets.fixture.ts';
import { fitStroke } from './fit.ts';
import { inkBounds } from './place.ts';

const drawn = (thickness: number) => draw(paper(80, 80, 0), seven(25, 15, 50), { thickness, ink: 1 });

/** Stroke thickness once scaled to the 20×20 box. */
function fittedThickness(thickness: number): number {
  const fitted = fitStroke(drawn(thickness));
  return (strokeThickness(fitted) * 20) / longSide(inkBounds(fitted));
}

it('thickens thin strokes and thins thick ones', () => {
  expect(fittedThickness(1)).toBeGreaterThan(1.6);
  expect(fittedThickness(1)).toBeLessThan(2.6);
  expect(fittedThickness(24)).toBeLessThan(6);
});

it('leaves strokes that are as thick as MNIST’s', () => {
  const usual = drawn(6);
  const mass = ({ values }: Grid) => values.reduce((sum, value) => sum + value, 0);
  expect(mass(fitStroke(usual))).toBeCloseTo(mass(usual), 3);
});
