import { expect, it } from 'vitest';
import type { Grid } from '../raster/grid.ts';
import { draw, paper, seven } from '../sheets.fixture.ts';
import { eraseRuledLines } from './ruled-lines.ts';

const threshold = 40;
const ink = 180;
const blank = () => paper(80, 70, 0);
const sumOf = ({ values }: Grid) => values.reduce((sum, value) => sum + value, 0);
const inked = ({ values }: Grid) => values.filter((value) => value > threshold).length;

it.each([
  ['level', 0],
  ['slanting', 5],
])('erases %s lines from edge to edge', (_, drift) => {
  const sheet = blank();
  for (const y of [10, 30, 50])
    draw(
      sheet,
      [
        [0, y],
        [79, y + drift],
      ],
      { thickness: 1.2, ink: 70 },
    );
  for (const x of [15, 40, 65])
    draw(
      sheet,
      [
        [x, 0],
        [x + drift, 69],
      ],
      { thickness: 1.2, ink: 70 },
    );
  expect(inked(eraseRuledLines(sheet, threshold))).toBeLessThan(0.06 * inked(sheet));
});

it('keeps the strokes that cross lines', () => {
  const digit = draw(blank(), seven(28, 14, 36), { thickness: 6, ink });
  const sheet = draw(blank(), seven(28, 14, 36), { thickness: 6, ink });
  for (const y of [8, 24, 40, 56])
    draw(
      sheet,
      [
        [0, y],
        [79, y],
      ],
      { thickness: 1, ink: 90 },
    );
  const erased = eraseRuledLines(sheet, threshold);
  const common = digit.values.reduce((sum, value, i) => sum + Math.min(value, erased.values[i]), 0);
  expect(common).toBeGreaterThan(0.85 * sumOf(digit));
  expect(sumOf(erased)).toBeLessThan(1.15 * sumOf(digit));
});

it.each([
  [
    'the bar of a closely cropped 7',
    [
      [0, 3],
      [79, 3],
      [30, 69],
    ],
  ],
  [
    'a digit that stays inside',
    [
      [20, 15],
      [60, 15],
      [35, 60],
    ],
  ],
  [
    'a lone stroke from edge to edge',
    [
      [40, 0],
      [40, 69],
    ],
  ],
] as const)('leaves %s', (_, points) => {
  const sheet = draw(blank(), points, { thickness: 2, ink });
  expect(sumOf(eraseRuledLines(sheet, threshold))).toBe(sumOf(sheet));
});
