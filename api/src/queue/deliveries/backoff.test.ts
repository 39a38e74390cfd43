import { expect, test } from 'vitest';
import { longestPauseMs, pauseMs, sleepMs } from './backoff.ts';
import { ATTEMPTS_MAX } from './delivery-queue.ts';

const pauses = (random: number) =>
  Array.from({ length: ATTEMPTS_MAX - 1 }, (_, index) => pauseMs(index + 1, 0, random));

test('eight attempts take about a day, and the first comes again after seconds', () => {
  expect(pauses(0.5)).toEqual(
    [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000].map((seconds) => seconds * 1_000),
  );
});

test('pauses differ by up to a fifth', () => {
  expect([pauses(0)[0], pauses(1)[0]]).toEqual([4_000, 6_000]);
});

test('a receiver may ask for a longer pause, up to an hour, and for no shorter one', () => {
  expect(pauseMs(1, 60_000)).toBe(60_000);
  expect(pauseMs(1, 86_400_000)).toBe(3_600_000);
  expect(pauseMs(2, 1_000, 0.5)).toBe(300_000);
});

test('a delivery looks less often the older it is', () => {
  expect([0, 30_000, 100_000, 86_400_000].map(sleepMs)).toEqual([10_000, 15_000, 50_000, 300_000]);
});

test('no pause is longer than the longest', () => {
  expect([0, 1, 4, 7].map(longestPauseMs)).toEqual([300_000, 3_600_000, 8_640_000, 43_200_000]);
});
