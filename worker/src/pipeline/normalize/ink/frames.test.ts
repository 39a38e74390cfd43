import { expect, it } from 'vitest';
import { labelComponents } from '../raster/components.ts';
import type { Grid } from '../raster/grid.ts';
import { draw, paper, seven } from '../sheets.fixture.ts';
import { dropFrames } from './frames.ts';

const size = 80;
const sheet = () => paper(size, size, 0);
const digit = (on: Grid) => draw(on, seven(30, 25, 30), { thickness: 5, ink: 200 });
const unframed = (grid: Grid) => dropFrames(labelComponents(grid, 40), grid);

function square(inset: number) {
  const end = size - 1 - inset;
  return [
    [inset, inset],
    [end, inset],
    [end, end],
    [inset, end],
    [inset, inset],
  ] as const;
}

it.each([
  ['a frame along the edge', square(0), 3],
  ['a box drawn around the digit', square(9), 2],
  [
    'a table along one side',
    [
      [0, 76],
      [79, 76],
    ],
    8,
  ],
  [
    'a dark corner',
    [
      [79, 0],
      [70, 9],
    ],
    30,
  ],
] as const)('drops %s', (_, points, thickness) => {
  const framed = digit(draw(sheet(), points, { thickness, ink: 220 }));
  expect(labelComponents(framed, 40).components).toHaveLength(2);
  expect(unframed(framed)).toMatchObject([{ left: expect.toSatisfy((left: number) => left > 20) }]);
});

it('keeps a digit that the edge cuts', () => {
  expect(unframed(draw(sheet(), seven(-3, 25, 30), { thickness: 5, ink: 200 }))).toHaveLength(1);
});

it('keeps a frame that holds nothing: it may be a 0', () => {
  expect(unframed(draw(sheet(), square(9), { thickness: 3, ink: 200 }))).toHaveLength(1);
});
