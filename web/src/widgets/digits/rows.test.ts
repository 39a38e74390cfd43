import { expect, it } from 'vitest';
import { rowsOf } from './rows.ts';

it.each([
  ['', ['']],
  ['4', ['4']],
  ['1234567890', ['1234567890']],
  ['12\n345', ['12', '345']],
  ['12345678901', ['123456', '78901']],
  ['1'.repeat(64), [...Array(6).fill('1'.repeat(10)), '1111'].map((_, row) => '1'.repeat(row < 6 ? 10 : 4))],
])('“%s”', (text, rows) => {
  expect(rowsOf(text)).toEqual(rows);
});
