import { expect, it } from 'vitest';
import { counters, doubles, floats, integers, reuseScratch } from './scratch.ts';

it('hands out zeros that do not overlap, and the same memory again once told to', () => {
  reuseScratch();
  const arrays = [floats(3), doubles(2), integers(5), counters(1)];
  for (const [i, array] of arrays.entries()) array.fill(i + 1);
  expect(arrays.map((array) => [...new Set(array)])).toEqual([[1], [2], [3], [4]]);
  reuseScratch();
  const again = floats(3);
  expect(again.buffer).toBe(arrays[0]!.buffer);
  expect([...again]).toEqual([0, 0, 0]);
});

it('goes on with other memory where there is none left', () => {
  reuseScratch();
  const [first, second] = [floats(200_000), floats(200_000)];
  expect(second).toHaveLength(200_000);
  expect(second.buffer).not.toBe(first.buffer);
});
