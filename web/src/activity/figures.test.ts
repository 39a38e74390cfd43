import { expect, it } from 'vitest';
import { activityOf } from '../testing/activity.ts';
import { figuresOf } from './figures.ts';

const minutes = (...last: Parameters<typeof activityOf>[0][number][]) =>
  activityOf([...Array.from({ length: 60 - last.length }, () => ({ succeeded: 0 })), ...last]);

it('adds up the last minutes', () => {
  const figures = figuresOf(minutes({ succeeded: 40, failed: 1 }, { succeeded: 10 }));
  expect(figures).toMatchObject({ succeeded: 50, failed: 1 });
});

it('counts per second, failures too', () => {
  const figures = figuresOf(minutes({ succeeded: 9, failed: 1 }, { succeeded: 20 }));
  expect(figures.rates.slice(-2)).toEqual([2, 4]);
  expect(figures.rateNow).toBe(3);
});

it('takes the last point per second that has passed and is counted', () => {
  const begun = { ...minutes({ succeeded: 10 }, { succeeded: 4 }), at: '2026-01-01T12:04:58.000Z' };
  expect(figuresOf(begun).rates.at(-1)).toBe(2);
  const justBegun = { ...begun, at: '2026-01-01T12:04:55.010Z' };
  expect(figuresOf(justBegun).rates.at(-1)).toBe(4);
});

it('has the newest times', () => {
  const figures = figuresOf(minutes({ succeeded: 1, p50_ms: 8, p95_ms: 20 }, { succeeded: 0 }));
  expect(figures.latest).toEqual({ p50_ms: 8, p95_ms: 20 });
  expect(figuresOf(minutes()).latest).toBeNull();
});

it('is all zero without points', () => {
  expect(figuresOf(activityOf([]))).toEqual({
    succeeded: 0,
    failed: 0,
    rates: [],
    rateNow: 0,
    latest: null,
  });
});
