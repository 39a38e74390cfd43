import { expect, it } from 'vitest';
import { formatLongTime } from './formats.ts';

it('writes a long time in the units of its size', () => {
  const seconds = (count: number) => formatLongTime(1000 * count);
  expect([0.25, 4, 9.94, 42.4, 59.7, 90, 3599].map(seconds)).toEqual([
    '250 ms',
    '4 s',
    '9.9 s',
    '42 s',
    '1 min',
    '1 min',
    '59 min',
  ]);
  expect([3600, 47.5 * 3600, 50 * 3600].map(seconds)).toEqual(['1 h 0 min', '47 h 30 min', '2 d 2 h']);
  expect(seconds(-1)).toBe('0 ms');
});
