import { expect, it } from 'vitest';
import { counters, doubles, floats, integers, reuseScratch, type Scratch } from './scratch.ts';

/** The memory behind an array, which its type hides. */
const memoryOf = (array: Scratch<Float32Array>) => (array as Float32Array).buffer;

it('hands out zeros that do not overlap, and the same memory again in the next normalisation', () => {
  reuseScratch();
  const first = floats(3);
  const arrays = [first, doubles(2), integers(5), counters(1)];
  for (const [i, array] of arrays.entries()) array.fill(i + 1);
  expect(arrays.map((array) => [...new Set(array)])).toEqual([[1], [2], [3], [4]]);
  reuseScratch();
  const again = floats(3);
  expect(memoryOf(again)).toBe(memoryOf(first));
  expect([...again]).toEqual([0, 0, 0]);
});

it('takes memory from the heap when the block is full', () => {
  reuseScratch();
  const [first, second] = [floats(200_000), floats(200_000)];
  expect(second).toHaveLength(200_000);
  expect(memoryOf(second)).not.toBe(memoryOf(first));
});

it('cannot be kept by accident', () => {
  const scratch = floats(1);
  // @ts-expect-error: what outlives the normalisation has to be a copy
  const kept: Float32Array[] = [scratch, scratch.fill(1), scratch.subarray(0, 1)];
  kept.push(scratch.slice());
  // @ts-expect-error: nor does another view of the same memory pass for a copy
  kept.push(scratch.subarray(0, 1));
});
