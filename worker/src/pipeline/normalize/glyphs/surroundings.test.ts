import { expect, it } from 'vitest';
import { ellipse, line, rectangle, row, type Strokes, shape, write } from '../digits.fixture.ts';
import { paper } from '../sheets.fixture.ts';
import { detailOf, INK, THICKNESS, written } from './detail.fixture.ts';
import { dropSurroundings } from './surroundings.ts';

const size = 120;
const place = { left: 46, top: 35, height: 50 };
const kept = (...strokes: Strokes[]) => dropSurroundings(written(size, size, ...strokes));

it.each<[string, Strokes]>([
  ['a ring', ellipse(60, 60, 45, 45)],
  ['a flat ring', ellipse(60, 60, 55, 36)],
  ['a box', rectangle(22, 20, 98, 100)],
  ['a ring that is not closed', [ellipse(60, 60, 45, 45)[0].slice(0, -3)]],
  ['a frame along the edge', rectangle(0, 0, 119, 119)],
  ['a table along one side', line(0, 118, 119, 118)],
])('drops %s around a digit', (_, around) => {
  expect(written(size, size, shape('3', place), around).components).toHaveLength(2);
  expect(kept(shape('3', place), around)).toMatchObject([
    { left: expect.closeTo(place.left, -1), right: expect.closeTo(76, -1) },
  ]);
});

it('drops a row of cells', () => {
  const digits = row(['4', '7', '2'], { left: 20, top: 45, height: 26, step: 30 });
  const cells = [rectangle(12, 36, 104, 80), line(43, 36, 43, 80), line(73, 36, 73, 80)];
  expect(written(size, size, ...digits, ...cells).components).toHaveLength(4);
  const left = kept(...digits, ...cells);
  expect(left).toHaveLength(3);
  for (const { top, bottom } of left) expect(bottom - top).toBeLessThan(34);
});

it.each<[string, Strokes, number]>([
  ['a 0', shape('0', place), 1],
  ['a wide 0', shape('wide 0', place), 1],
  ['an 8', shape('8', place), 1],
  ['a 0 with a dot inside', [...shape('0', place), ...line(61, 59, 61, 61)], 2],
  ['a 5 with a detached bar', shape('5 with detached bar', place), 2],
])('keeps %s', (_, strokes, count) => expect(kept(strokes)).toHaveLength(count));

it('keeps a 0 beside other digits', () => {
  expect(kept(...row(['0', '1', '8'], { left: 16, top: 40, height: 40, step: 34 }))).toHaveLength(3);
});

it('keeps digits around which nothing goes, though their bounds hold others', () => {
  const seven = shape('7', { left: 20, top: 20, height: 90 });
  const one = shape('1', { left: 30, top: 50, height: 30 });
  expect(kept(seven, one)).toHaveLength(2);
});

it('drops specks that are small beside a bold digit', () => {
  const bold = write(paper(size, size, 0), shape('3', { ...place, left: 30, top: 20, height: 80 }), {
    thickness: 18,
    ink: INK,
  });
  write(bold, line(104, 104, 104, 104), { thickness: 3, ink: INK });
  expect(detailOf(bold).components).toHaveLength(2);
  expect(dropSurroundings(detailOf(bold))).toHaveLength(1);
});

it('drops specks and faint stains', () => {
  const sheet = write(paper(size, size, 0), shape('3', place), { thickness: THICKNESS, ink: INK });
  write(sheet, line(100, 100, 100, 100), { thickness: 2, ink: INK });
  write(sheet, line(20, 30, 20, 90), { thickness: THICKNESS, ink: 60 });
  expect(detailOf(sheet).components).toHaveLength(3);
  expect(dropSurroundings(detailOf(sheet))).toHaveLength(1);
});
