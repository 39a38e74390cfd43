import { expect, test } from 'vitest';
import { percentile } from '../measure/statistics.ts';
import { poissonArrivals } from './arrivals.ts';

test('as many requests are due as the rate says, in order, within the duration', () => {
  const times = poissonArrivals({ rate: 250.2, seconds: 4, seed: 1 });
  expect(times).toHaveLength(1_001);
  expect(times).toEqual(times.toSorted());
  expect(times[0]).toBeGreaterThanOrEqual(0);
  expect(times.at(-1)).toBeLessThanOrEqual(4_000);
});

test('the gaps are those of a Poisson process: exponential', () => {
  const times = poissonArrivals({ rate: 1_000, seconds: 20, seed: 7 });
  const gaps = Array.from(times.subarray(1), (time, i) => time - times[i]!);
  // Of an exponential distribution with a mean of 1 ms: half are below ln 2, a hundredth above ln 100.
  expect(percentile(gaps, 0.5)).toBeCloseTo(Math.LN2, 1);
  expect(Math.abs(percentile(gaps, 0.99) - Math.log(100))).toBeLessThan(0.25);
});

test('the same seed gives every contender the same load, another seed another', () => {
  const times = (seed: number) => poissonArrivals({ rate: 100, seconds: 1, seed });
  expect(times(3)).toEqual(times(3));
  expect(times(3)).not.toEqual(times(4));
});

test('a rate of less than one request in the whole duration sends one', () => {
  expect(poissonArrivals({ rate: 0.1, seconds: 2, seed: 1 })).toHaveLength(1);
});
