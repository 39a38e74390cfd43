import { expect, it } from 'vitest';
import { type Sample, timeLeftMs, withSample } from './time-left.ts';

const after = (...samples: [at: number, ended: number][]) =>
  samples.reduce((all: readonly Sample[], [at, ended]) => withSample(all, { at, ended }), []);

it('is reckoned by the rate of the last seconds', () => {
  expect(timeLeftMs(after([0, 0], [1000, 5], [2000, 10]), 20, 2000)).toBe(4000);
  const slower = after([0, 0], [1000, 100], [21_000, 110], [31_000, 120], [41_000, 130]);
  expect(timeLeftMs(slower, 10, 41_000)).toBe(10_000);
});

it('grows while nothing ends', () => {
  const samples = after([0, 0], [2000, 10]);
  expect(timeLeftMs(samples, 20, 4000)).toBe(8000);
});

it('is unknown until enough has ended', () => {
  expect(timeLeftMs([], 10, 5000)).toBeNull();
  expect(timeLeftMs(after([0, 0], [900, 9]), 10, 900)).toBeNull();
  expect(timeLeftMs(after([0, 0], [5000, 2]), 10, 5000)).toBeNull();
});
