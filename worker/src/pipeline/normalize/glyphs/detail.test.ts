import { expect, it } from 'vitest';
import { apart, boxOf, line, row, type Strokes, shape, write } from '../digits.fixture.ts';
import { takeOverview } from '../ink/overview.ts';
import type { Polarity } from '../paper/polarity.ts';
import type { Grid } from '../raster/grid.ts';
import { colourBitmap, grain, greyBitmap, inverted, lit, paper } from '../sheets.fixture.ts';
import { takeDetail } from './detail.ts';

const digits = row(['2', '8', '7'], { left: 40, top: 50, height: 80, step: 100 });
const sheet = (...more: Strokes[]) =>
  write(paper(360, 200, 235), [...digits, ...more].flat(), { thickness: 9, ink: 30 });
const detailOf = (
  grid: Grid,
  { polarity = 'dark-on-light' as Polarity, height = 80, isRuled = false } = {},
) => {
  const bitmap = greyBitmap(grid);
  return takeDetail(bitmap, takeOverview(bitmap), { polarity, height, isRuled });
};

/** The boxes of what was found, from left to right, in the bitmap's pixels. */
const boxesOf = ({ components, factor }: ReturnType<typeof detailOf>) =>
  components
    .map(({ left, top, right, bottom }) => ({
      left: left * factor,
      top: top * factor,
      width: (right - left) * factor,
      height: (bottom - top) * factor,
    }))
    .sort((a, b) => a.left - b.left);

it.each<[string, Grid, Polarity]>([
  ['dark on light', sheet(), 'dark-on-light'],
  ['light on dark', inverted(sheet()), 'light-on-dark'],
  [
    'in grain and soft light',
    grain(
      lit(sheet(), (x) => 0.7 + 0.3 * x),
      6,
    ),
    'dark-on-light',
  ],
])('shows each digit, %s', (_, grid, polarity) => {
  const boxes = boxesOf(detailOf(grid, { polarity }));
  expect(boxes).toHaveLength(3);
  for (const [i, box] of boxes.entries()) expect(apart(box, boxOf(digits[i], 9))).toBeLessThan(3);
});

it('shows each digit by its colour', () => {
  const bitmap = colourBitmap(sheet(), [220, 40, 40], [0, 130, 0]);
  const overview = takeOverview(bitmap);
  const found = (['dark-on-light', 'light-on-dark'] as const).map(
    (polarity) => takeDetail(bitmap, overview, { polarity, height: 80, isRuled: false }).components.length,
  );
  expect(found).toContain(3);
});

it('keeps small bitmaps as they are and reduces large ones', () => {
  const { factor, ink } = detailOf(sheet());
  expect({ factor, width: ink.width, height: ink.height }).toEqual({ factor: 1, width: 360, height: 200 });
  const small = shape('3', { left: 1000, top: 60, height: 60 });
  const large = detailOf(write(paper(1300, 200), small, { thickness: 12 }));
  expect(large.factor).toBeGreaterThan(1);
  expect(large.ink.width * large.factor).toBeGreaterThanOrEqual(1300);
  expect(large.ink.width).toBeGreaterThan(200);
  const [box] = boxesOf(large);
  expect(apart(box, boxOf(small, 12))).toBeLessThan(2 * large.factor);
});

it('is the coarser the larger the digits', () => {
  const large = shape('3', { left: 80, top: 20, height: 340 });
  const grid = write(paper(360, 380), large, { thickness: 30 });
  const coarse = detailOf(grid, { height: 340 });
  expect(coarse.factor).toBeGreaterThan(detailOf(grid).factor);
  expect(apart(boxesOf(coarse)[0], boxOf(large, 30))).toBeLessThan(2 * coarse.factor);
});

it('erases ruled lines where the overview shows some', () => {
  const ruled = write(
    sheet(),
    [60, 110, 160].flatMap((y) => line(0, y, 359, y)),
    { thickness: 2, ink: 110 },
  );
  const inkOf = (isRuled: boolean) => detailOf(ruled, { isRuled });
  const across = (detail: ReturnType<typeof inkOf>) =>
    detail.components.filter(({ left, right }) => right - left > 300);
  expect(across(inkOf(false)).length).toBeGreaterThan(0);
  expect(across(inkOf(true))).toEqual([]);
});
