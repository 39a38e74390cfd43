import { expect, it } from 'vitest';
import { reduce } from '../raster/reduce.ts';
import { colourBitmap, draw, paper } from '../sheets.fixture.ts';
import { inkContrast } from './contrast.ts';

const stroke = draw(
  paper(60, 60),
  [
    [20, 10],
    [20, 50],
  ],
  { thickness: 5 },
);

function contrastOf(ink: number[], ground: number[]): number {
  const bitmap = colourBitmap(stroke, ink, ground);
  const { grey } = inkContrast(reduce(bitmap, { left: 0, top: 0, right: 60, bottom: 60 }, 1));
  return Math.abs(grey.values[30 * 60 + 20] - grey.values[30 * 60 + 50]);
}

it.each([
  ['black on white', [0, 0, 0], [255, 255, 255], 250],
  ['yellow on white, 8 levels in luminance', [255, 255, 60], [255, 255, 255], 150],
  ['blue on black', [0, 0, 255], [0, 0, 0], 200],
  ['red on green of equal luminance', [220, 40, 40], [0, 130, 0], 90],
])('keeps the contrast of %s', (_, ink, ground, least) =>
  expect(contrastOf(ink, ground)).toBeGreaterThan(least),
);

it('makes plain grey of a bitmap without contrast', () => {
  const { grey } = inkContrast({
    planes: [0, 1, 2].map(() => new Float32Array(100).fill(90)),
    width: 10,
    height: 10,
  });
  expect(grey.values[5]).toBeCloseTo(90, 3);
});
