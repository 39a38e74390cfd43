import { expect, it } from 'vitest';
import { line, rectangle, row, type Shape, type Strokes, shape } from '../digits.fixture.ts';
import { eraseBoxes } from './boxes.ts';
import { written } from './detail.fixture.ts';

const size = 120;
const place = { left: 46, top: 35, height: 50 };
const draft = (...strokes: Strokes[]) => written(size, size, ...strokes);

it.each<[string, Strokes]>([
  ['on the right', rectangle(22, 20, 78, 100)],
  ['on the left', rectangle(46, 20, 100, 100)],
  ['below', rectangle(22, 20, 98, 85)],
  ['above', rectangle(22, 35, 98, 100)],
])('erases a box whose side a digit touches %s, and keeps the digit', (_, box) => {
  const boxed = draft(shape('3', place), box);
  expect(boxed.components).toHaveLength(1);
  const { components } = eraseBoxes(boxed);
  const [digit] = components.sort((a, b) => b.mass - a.mass);
  expect(digit).toMatchObject({ left: expect.closeTo(46, -1), right: expect.closeTo(76, -1) });
  expect(digit!.bottom - digit!.top).toBeGreaterThan(0.85 * place.height);
  expect(components.slice(1).every(({ mass }) => mass < 0.1 * digit!.mass)).toBe(true);
});

it('erases the cells of a form, also where a digit touches their sides', () => {
  const digits = row(['4', '7', '2'], { left: 20, top: 45, height: 35, step: 30 });
  const cells = [rectangle(12, 36, 104, 80), line(43, 36, 43, 80), line(73, 36, 73, 80)];
  expect(draft(...digits, ...cells).components.length).toBeLessThan(4);
  const { components } = eraseBoxes(draft(...digits, ...cells));
  expect(components).toHaveLength(3);
  for (const { top, bottom } of components) expect(bottom - top).toBeLessThan(42);
});

it.each<[string, Strokes[]]>([
  ['a box', [rectangle(22, 20, 98, 100)]],
  ['a flat box', [rectangle(10, 40, 110, 80)]],
  ['a row of cells', [rectangle(12, 36, 104, 80), line(43, 36, 43, 80), line(73, 36, 73, 80)]],
])('leaves nothing of %s with nothing in it', (_, strokes) => {
  expect(eraseBoxes(draft(...strokes)).components).toEqual([]);
});

it.each<Shape>(['0', 'wide 0', '1', '1 with flag and foot', '2', '3', '4', '5', '7', '7 with bar', '8'])(
  'leaves a digit as it is: %s',
  (name) => {
    const digit = draft(shape(name, { left: 30, top: 20, height: 80 }));
    expect(eraseBoxes(digit)).toBe(digit);
  },
);

it('keeps a 1 in a cell that is nearly as high as the cell', () => {
  const cells = [rectangle(12, 30, 104, 90), line(43, 30, 43, 90), line(73, 30, 73, 90)];
  const { components } = eraseBoxes(draft(...cells, line(58, 40, 58, 80)));
  expect(components).toMatchObject([{ left: expect.closeTo(56, -1), top: expect.closeTo(38, -1) }]);
});
