import { expect, it } from 'vitest';
import { labelComponents } from '../raster/components.ts';
import type { Grid } from '../raster/grid.ts';
import { boundsOf } from '../raster/region.ts';
import { draw, paper } from '../sheets.fixture.ts';
import { digitParts } from './parts.ts';

const partsOf = (grid: Grid) => digitParts(labelComponents(grid, 40).components, grid);
const body = () =>
  draw(
    paper(80, 80, 0),
    [
      [32, 30],
      [31, 42],
      [44, 46],
      [40, 58],
      [30, 58],
    ],
    { thickness: 4, ink: 200 },
  );

it('keeps the detached bar of a 5', () => {
  expect(
    partsOf(
      draw(
        body(),
        [
          [38, 25],
          [50, 24],
        ],
        { thickness: 4, ink: 200 },
      ),
    ),
  ).toHaveLength(2);
});

it('keeps the pieces of a broken stroke', () => {
  const broken = paper(80, 80, 0);
  for (let y = 20; y < 60; y += 8)
    draw(
      broken,
      [
        [40, y],
        [40, y + 3],
      ],
      { thickness: 3, ink: 200 },
    );
  expect(boundsOf(partsOf(broken))).toMatchObject({ top: 19, bottom: 57 });
});

it('drops specks, faint stains and what lies apart', () => {
  const dirty = body();
  draw(
    dirty,
    [
      [50, 50],
      [50, 50],
    ],
    { thickness: 1, ink: 200 },
  );
  draw(
    dirty,
    [
      [55, 30],
      [55, 55],
    ],
    { thickness: 4, ink: 60 },
  );
  draw(
    dirty,
    [
      [5, 70],
      [12, 76],
    ],
    { thickness: 3, ink: 200 },
  );
  expect(partsOf(dirty)).toHaveLength(1);
});

it('prefers a stroke in the middle to one of equal weight at the edge', () => {
  const two = draw(
    paper(80, 80, 0),
    [
      [4, 20],
      [4, 60],
    ],
    { thickness: 4, ink: 200 },
  );
  expect(
    partsOf(
      draw(
        two,
        [
          [42, 20],
          [42, 60],
        ],
        { thickness: 4, ink: 200 },
      ),
    ),
  ).toMatchObject([{ left: 40 }]);
});

it('finds no part without ink', () => expect(partsOf(paper(40, 40, 0))).toEqual([]));
