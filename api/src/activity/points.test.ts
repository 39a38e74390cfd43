import { beforeEach, expect, test } from 'vitest';
import type { Finished } from '../queue/jobs/finished.ts';
import { createActivityPoints } from './points.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');

let now: number;
let publish: (finished: Finished) => void;
let points: ReturnType<typeof createActivityPoints>;
beforeEach(() => {
  now = START;
  points = createActivityPoints({
    queue: {
      onFinished: (listener) => {
        publish = listener;
      },
    },
    now: () => now,
  });
});

/** Predictions end that the api accepted so long before now. */
const finish = (agoMs: number, { succeeded = 0, failed = 0 }) =>
  publish({ acceptedAt: now - agoMs, succeeded, failed });

test('the first stretch begins with the process, and is empty', () => {
  expect(points()).toEqual([
    { at: '2026-01-01T00:00:00.000Z', succeeded: 0, failed: 0, p50_ms: null, p95_ms: null },
  ]);
});

test('each prediction counts in the stretch in which it ended', () => {
  finish(7, { succeeded: 2, failed: 1 });
  now += 4_999;
  finish(20, { succeeded: 1 });
  now += 1;
  finish(30, { succeeded: 1 });
  expect(points()).toEqual([
    { at: '2026-01-01T00:00:00.000Z', succeeded: 3, failed: 1, p50_ms: 7, p95_ms: 20 },
    { at: '2026-01-01T00:00:05.000Z', succeeded: 1, failed: 0, p50_ms: 30, p95_ms: 30 },
  ]);
});

test('five minutes are kept, with what was empty in between, and nothing of an earlier round', () => {
  finish(5, { succeeded: 1 });
  now += 295_000;
  finish(6, { succeeded: 1 });
  const full = points();
  expect(full).toHaveLength(60);
  expect([full[0], full[1], full[59]]).toMatchObject([
    { at: '2026-01-01T00:00:00.000Z', succeeded: 1, p50_ms: 5 },
    { succeeded: 0, p50_ms: null },
    { at: '2026-01-01T00:04:55.000Z', succeeded: 1, p50_ms: 6 },
  ]);
  now += 5_000;
  finish(8, { failed: 1 });
  const next = points();
  expect(next).toHaveLength(60);
  expect(next[59]).toMatchObject({ at: '2026-01-01T00:05:00.000Z', succeeded: 0, failed: 1, p50_ms: 8 });
  now += 3_600_000;
  expect(points()).toHaveLength(60);
  expect(points().every(({ succeeded, failed, p50_ms }) => succeeded + failed === 0 && p50_ms === null)).toBe(
    true,
  );
});

test('latencies of many that took the same count as many', () => {
  finish(5, { succeeded: 95 });
  finish(20, { succeeded: 5 });
  expect(points()[0]).toMatchObject({ p50_ms: 5, p95_ms: 5 });
  finish(20, { failed: 1 });
  expect(points()[0]).toMatchObject({ p95_ms: 20 });
});

test.each([0, 1, 8, 31, 33, 100, 999, 1_000, 60_000, 123_456, 4_190_000])(
  'a latency of %i ms is known to within 1 in 64',
  (ms) => {
    finish(ms, { succeeded: 1 });
    expect(Math.abs(points()[0]!.p50_ms! - ms)).toBeLessThanOrEqual(ms / 64);
  },
);

test('a clock that is behind makes no negative latency, and one above all bounds counts at the bound', () => {
  finish(-50, { succeeded: 1 });
  expect(points()).toMatchObject([{ p50_ms: 0 }]);
  finish(1e12, { succeeded: 2 });
  expect(points()[0]!.p95_ms).toBeGreaterThan(4_000_000);
});
