import { describe, expect, it } from 'vitest';
import type { Grid } from '../raster/grid.ts';
import { draw, grain, inverted, lit, paper, seven } from '../sheets.fixture.ts';
import { partedAtEdge } from './edge-to-edge.ts';

/** A 7 that fills its sheet: bar along the top, foot on the bottom. */
const cut = (thickness: number, light = 240, ink = 20) =>
  draw(paper(40, 64, light), seven(2, 2, 62), { thickness, ink });

/** Two bars that cross: two levels, both in quantity. */
const cross = () =>
  draw(
    draw(
      paper(40, 40),
      [
        [20, 0],
        [20, 40],
      ],
      { thickness: 9 },
    ),
    [
      [0, 20],
      [40, 20],
    ],
    { thickness: 9 },
  );

describe('a digit cut out from edge to edge', () => {
  it.each([
    ['thin strokes', cut(7)],
    ['thick strokes', cut(16)],
    ['soft light', lit(cut(12), (x, y) => 0.9 + 0.1 * x * y)],
    ['grain', grain(cut(12), 10)],
    ['little contrast', cut(12, 180, 130)],
    ['a stroke to each side', cross()],
  ])('parts its paper: %s', (_, sheet) => {
    expect(partedAtEdge(sheet)).toBeLessThan(0);
    expect(partedAtEdge(inverted(sheet))).toBeGreaterThan(0);
  });
});

describe('a sheet that leaves its digit room', () => {
  const page = (level = 235) => draw(paper(64, 64, level), seven(20, 15, 34), { thickness: 9, ink: 30 });
  const lines = (y: number): [number, number][] => [
    [0, y],
    [63, y],
  ];

  it.each<[string, Grid]>([
    ['a page', page()],
    ['a page without ink', paper(64, 64)],
    ['a page of grain', grain(paper(64, 64, 200), 30)],
    ['a page half in the shadow', lit(page(), (x) => (x < 0.45 ? 0.4 : 1))],
    ['a page beside a dark desk', draw(page(), lines(4), { thickness: 12, ink: 10 })],
    [
      'a page within a dark frame',
      lit(page(), (x, y) => (Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) > 0.42 ? 0.1 : 1)),
    ],
    [
      'ruled paper',
      [8, 20, 32, 44, 56].reduce((sheet, y) => draw(sheet, lines(y), { thickness: 1 }), page()),
    ],
  ])('is not parted: %s', (_, sheet) => {
    expect(partedAtEdge(sheet)).toBeNull();
    expect(partedAtEdge(inverted(sheet))).toBeNull();
  });
});
