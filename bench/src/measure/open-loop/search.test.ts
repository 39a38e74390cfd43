import { expect, test } from 'vitest';
import { searchHighestRate } from './search.ts';

/** A service that holds up to `capacity` requests a second, and what was tried on it. */
async function search(capacity: number, start = 64) {
  const tried: number[] = [];
  const found = await searchHighestRate({
    start,
    factor: 2,
    precision: 1.05,
    floor: 1,
    holds: async (rate) => {
      tried.push(rate);
      return rate <= capacity;
    },
  });
  return { found, tried };
}

test('it finds the highest rate to within 5 %, and never above it', async () => {
  for (const capacity of [1.5, 63, 64, 65, 700, 1_024, 12_345]) {
    const { found } = await search(capacity);
    expect(found).toBeLessThanOrEqual(capacity);
    expect(found).toBeGreaterThan(capacity / 1.05);
  }
});

test('it doubles until a rate does not hold, then bisects', async () => {
  const { found, tried } = await search(300);
  expect(tried.map(Math.round)).toEqual([64, 128, 256, 512, 362, 304, 279, 292]);
  expect(Math.round(found)).toBe(292);
});

test('it halves where the start does not hold', async () => {
  const { tried } = await search(10);
  expect(tried.slice(0, 4)).toEqual([64, 32, 16, 8]);
});

test('a start near the result takes few steps', async () => {
  expect((await search(300, 250)).tried.length).toBeLessThanOrEqual(6);
});

test('a service that holds no rate has the rate 0', async () => {
  expect(await search(0)).toMatchObject({ found: 0, tried: [64, 32, 16, 8, 4, 2, 1] });
});
