import { expect, it } from 'vitest';
import { longSide } from '../raster/region.ts';
import { draw, paper, seven } from '../sheets.fixture.ts';
import { inkBounds, place } from './place.ts';

const digit = (side: number, height: number) =>
  draw(paper(side, side, 0), seven(side * 0.3, side * 0.2, height), { thickness: height / 9, ink: 1 });

it.each([
  ['large', digit(90, 60)],
  ['small', digit(16, 9)],
])('scales a %s digit to the 20×20 box and centres its mass', (_, ink) => {
  const placed = place(ink);
  const [mass, x, y] = placed.values.reduce(
    ([m, sumX, sumY], value, i) => [m + value, sumX + value * (i % 28), sumY + value * Math.floor(i / 28)],
    [0, 0, 0],
  );
  expect(longSide(inkBounds(placed))).toBeGreaterThanOrEqual(19);
  expect(longSide(inkBounds(placed))).toBeLessThanOrEqual(21);
  expect(Math.abs(x / mass - 14)).toBeLessThan(0.1);
  expect(Math.abs(y / mass - 14)).toBeLessThan(0.1);
});

it('only moves ink that fits already, by whole pixels', () => {
  const ink = draw(
    paper(40, 40, 0),
    [
      [20, 5.5],
      [20, 23.5],
    ],
    { thickness: 2.4, ink: 1 },
  );
  const bounds = inkBounds(ink);
  expect(longSide(bounds)).toBe(20);
  const placed = place(ink);
  const moved = inkBounds(placed);
  for (let y = 0; y < 20; y++) {
    const from = ink.values[(bounds.top + y) * 40 + bounds.left];
    expect(placed.values[(moved.top + y) * 28 + moved.left]).toBeCloseTo(from, 5);
  }
});
