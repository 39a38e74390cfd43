import { describe, expect, it } from 'vitest';
import { corners, depth, lay } from '../desk.fixture.ts';
import { ellipse, rectangle, shape, write } from '../digits.fixture.ts';
import type { Grid } from '../raster/grid.ts';
import { type Point, polygonArea } from '../raster/hull.ts';
import { draw, grain, inverted, lit, paper, seven } from '../sheets.fixture.ts';
import { findSheet, rowOf } from './sheet.ts';

const place = corners({ x: 33, y: 25, width: 38, height: 28, degrees: 12 });
const onDesk = (polygon: readonly Point[] = place) => lay(paper(64, 50, 60), polygon, 220);
const ink = { thickness: 3, ink: 40 };

describe('a sheet on a desk', () => {
  it.each<[string, Grid, Point[]]>([
    ['light', onDesk(), place],
    ['dark', inverted(onDesk()), place],
    ['written on', draw(onDesk(), seven(27, 16, 18), ink), place],
    ['light on dark', inverted(draw(onDesk(), seven(27, 16, 18), ink)), place],
    ['grained', grain(onDesk(), 12), place],
    ['in soft light', lit(onDesk(), (x, y) => 0.85 + 0.1 * x + 0.05 * y), place],
    ...[0, 25, 45].map((degrees): [string, Grid, Point[]] => {
      const turned = corners({ x: 31, y: 25, width: 30, height: 26, degrees });
      return [`turned by ${degrees}°`, onDesk(turned), turned];
    }),
  ])('is found, with its corners: %s', (_, grid, polygon) => {
    const sheet = findSheet(grid)!;
    const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
    for (const corner of sheet.corners) expect(depth(polygon, corner)).toBeGreaterThan(0);
    for (const corner of polygon)
      expect(Math.min(...sheet.corners.map((found) => distance(found, corner)))).toBeLessThan(5);
  });

  it('is found where the picture cuts off a corner of it', () => {
    // Two of its edges leave the picture: five corners are left.
    const beyond = corners({ x: 40, y: 40, width: 56, height: 56, degrees: 15 });
    const grid = lay(paper(64, 64, 60), beyond, 220);
    const sheet = findSheet(grid)!;
    for (const corner of sheet.corners) expect(depth(beyond, corner)).toBeGreaterThan(0);
    const visible = grid.values.filter((value) => value > 200).length;
    expect(polygonArea(sheet.corners)).toBeGreaterThan(0.85 * visible);
  });
});

describe('what is no sheet', () => {
  const page = () => paper(64, 50, 220);
  const soft = (at: number) => Math.max(0, Math.min(1, at));
  const bold = { thickness: 11, ink: 20 };

  it.each<[string, Grid]>([
    ['a bare page', page()],
    ['a bare page of grain', grain(page(), 20)],
    ['a written page', draw(page(), seven(22, 8, 32), { thickness: 6, ink: 30 })],
    ['a page in a gradient', lit(page(), (x) => 0.2 + 0.8 * x)],
    ['a page with a soft shadow over a corner', lit(page(), (x, y) => 0.35 + 0.65 * soft(3 * (x + y) - 2))],
    [
      'a soft spot of light',
      lit(page(), (x, y) => 0.3 + 0.7 * soft(1.6 - 3.2 * Math.hypot(x - 0.5, y - 0.5))),
    ],
    ['a bold 0', write(page(), ellipse(32, 25, 13, 17), bold)],
    ['a bold 8', write(page(), shape('8', { left: 20, top: 7, height: 36 }), bold)],
    ['a bold square', write(page(), rectangle(18, 11, 46, 39), { thickness: 8, ink: 20 })],
    ['a page within a thin frame', write(page(), rectangle(4, 4, 60, 46), { thickness: 2, ink: 30 })],
    [
      'a disc',
      draw(
        page(),
        [
          [32, 25],
          [32, 25],
        ],
        { thickness: 36, ink: 30 },
      ),
    ],
    [
      'a strip of paper at one side',
      lay(paper(64, 50, 60), corners({ x: 6, y: 25, width: 20, height: 60, degrees: 0 }), 220),
    ],
    [
      'a strip of desk at one side',
      lay(page(), corners({ x: 6, y: 25, width: 20, height: 60, degrees: 0 }), 60),
    ],
    [
      'a small scrap',
      lay(paper(64, 50, 60), corners({ x: 32, y: 25, width: 14, height: 10, degrees: 8 }), 220),
    ],
    ['levels that hardly differ', lay(paper(64, 50, 190), place, 215)],
    [
      'several scraps',
      [12, 32, 52].reduce(
        (desk, x) => lay(desk, corners({ x, y: 25, width: 14, height: 30, degrees: 4 }), 220),
        paper(64, 50, 60),
      ),
    ],
  ])('is %s', (_, grid) => {
    expect(findSheet(grid)).toBeNull();
    expect(findSheet(inverted(grid))).toBeNull();
  });
});

describe('a row of a polygon', () => {
  const diamond = [
    { x: 10, y: 0 },
    { x: 20, y: 10 },
    { x: 10, y: 20 },
    { x: 0, y: 10 },
  ];

  it('reaches from edge to edge', () => {
    expect(rowOf(diamond, 5)).toEqual({ from: 5, to: 15 });
    expect(rowOf(diamond, 18)).toEqual({ from: 8, to: 12 });
  });

  it('is empty above and below', () => {
    for (const y of [-1, 21]) {
      const { from, to } = rowOf(diamond, y);
      expect(from).toBeGreaterThan(to);
    }
  });
});
