import type { Outcome } from '@inkqueue/shared/contracts/job';
import { beforeEach, expect, test } from 'vitest';
import { createIds } from '../queue/ids.ts';
import type { JobChange } from '../queue/states.ts';
import { createActivityPoints } from './points.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const ids = createIds(Buffer.alloc(32));
const error = { code: 'no-ink', detail: '', retryable: false } as const;
const read: Outcome = {
  result: { predicted_digit: 1, confidence: 1, probabilities: Array(10).fill(0.1), uncertain: false },
  timings: { queue_ms: 1, decode_ms: 1, normalize_ms: 1, inference_ms: 1, batch_size: 1 },
};

let now: number;
let tell: (change: JobChange) => void;
let points: ReturnType<typeof createActivityPoints>;
let pictures: (jobId: string) => Promise<number>;
beforeEach(() => {
  now = START;
  pictures = async () => 3;
  points = createActivityPoints({
    completions: {
      onChange: (listener) => {
        tell = listener;
      },
    },
    pictures: (jobId) => pictures(jobId),
    now: () => now,
  });
});

/** A job that was opened so long before now. */
function jobOpened(agoMs: number): string {
  const opened = (now - agoMs).toString(16).padStart(12, '0');
  return opened + ids.newJob().slice(12);
}

function complete(agoMs: number, ...outcomes: Outcome[]): void {
  const job = { model: { name: 'test', version: '1' }, started_at: 1, finished_at: 2, outcomes };
  tell({ jobId: jobOpened(agoMs), to: 'completed', job });
}

test('begins with the process, and tells of what has not ended as nothing', () => {
  expect(points()).toEqual([
    { at: '2026-01-01T00:00:00.000Z', succeeded: 0, failed: 0, p50_ms: null, p95_ms: null },
  ]);
  tell({ jobId: jobOpened(5), to: 'queued', at: now });
  tell({ jobId: jobOpened(5), to: 'running', at: now });
  expect(points()).toMatchObject([{ succeeded: 0, failed: 0, p50_ms: null }]);
});

test('each picture of a job counts for itself, in the stretch in which it ended', () => {
  complete(7, read, read, { error });
  now += 4_999;
  complete(20, read);
  now += 1;
  complete(30, read);
  expect(points()).toEqual([
    { at: '2026-01-01T00:00:00.000Z', succeeded: 3, failed: 1, p50_ms: 7, p95_ms: 20 },
    { at: '2026-01-01T00:00:05.000Z', succeeded: 1, failed: 0, p50_ms: 30, p95_ms: 30 },
  ]);
});

test('a job that failed failed with all its pictures', async () => {
  tell({ jobId: jobOpened(9), to: 'failed', error, at: now });
  await expect.poll(points).toMatchObject([{ succeeded: 0, failed: 3, p95_ms: 9 }]);
  pictures = () => Promise.reject(new Error('Redis is away'));
  tell({ jobId: jobOpened(9), to: 'failed', error, at: now });
  await expect.poll(points).toMatchObject([{ succeeded: 0, failed: 4 }]);
});

test('five minutes are kept, with what was empty in between, and nothing of an earlier round', () => {
  complete(5, read);
  now += 295_000;
  complete(6, read);
  const full = points();
  expect(full).toHaveLength(60);
  expect([full[0], full[1], full[59]]).toMatchObject([
    { at: '2026-01-01T00:00:00.000Z', succeeded: 1, p50_ms: 5 },
    { succeeded: 0, p50_ms: null },
    { at: '2026-01-01T00:04:55.000Z', succeeded: 1, p50_ms: 6 },
  ]);
  now += 5_000;
  complete(8, { error });
  const next = points();
  expect(next).toHaveLength(60);
  expect(next[59]).toMatchObject({ at: '2026-01-01T00:05:00.000Z', succeeded: 0, failed: 1, p50_ms: 8 });
  now += 3_600_000;
  expect(points()).toHaveLength(60);
  expect(points().every(({ succeeded, failed, p50_ms }) => succeeded + failed === 0 && p50_ms === null)).toBe(
    true,
  );
});

test('a clock that is behind makes no negative time', () => {
  complete(-50, read);
  expect(points()).toMatchObject([{ p50_ms: 0 }]);
});
