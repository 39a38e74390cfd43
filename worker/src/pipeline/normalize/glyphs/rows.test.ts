import { expect, it } from 'vitest';
import { groupAt } from './detail.fixture.ts';
import { toRows } from './rows.ts';

/** A digit of 20 × 40. */
const digit = (left: number, top: number) => groupAt(left, top, left + 20, top + 40);

it('sorts two lines from top to bottom, and each from left to right', () => {
  const [a, b, c, d, e] = [digit(10, 10), digit(50, 14), digit(90, 8), digit(12, 70), digit(48, 74)];
  expect(toRows([e, b, d, a, c])).toEqual([
    [a, b, c],
    [d, e],
  ]);
});

it('follows a line that drifts by more than a digit’s height', () => {
  const drifting = Array.from({ length: 8 }, (_, i) => digit(10 + 30 * i, 20 + 9 * i));
  expect(toRows([...drifting].reverse())).toEqual([drifting]);
});

it('keeps two lines apart that drift', () => {
  const line = (top: number) => Array.from({ length: 5 }, (_, i) => digit(10 + 30 * i, top + 6 * i));
  const [upper, lower] = [line(10), line(64)];
  expect(toRows([...lower, ...upper])).toEqual([upper, lower]);
});

it('takes digits of any height into a line', () => {
  const low = groupAt(40, 34, 56, 50);
  expect(toRows([digit(70, 10), low, digit(10, 10)])).toEqual([[digit(10, 10), low, digit(70, 10)]]);
});

it('finds no line without groups', () => expect(toRows([])).toEqual([]));
