import type { BatchProgress } from '@inkqueue/shared/contracts/batch';
import type { JobResult } from '@inkqueue/shared/contracts/job';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JobChange } from '../queue/states.ts';
import type { Batches } from './batches.ts';
import { type BatchFollower, createBatchFollower } from './progress.ts';

type BatchJobs = Awaited<ReturnType<Batches['jobs']>>;

const error = { code: 'no-ink', detail: 'No ink.', retryable: false } as const;
const result = {
  predicted_digit: 1,
  confidence: 1,
  probabilities: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
  uncertain: false,
};
const timings = { queue_ms: 1, decode_ms: 1, normalize_ms: 1, inference_ms: 1, batch_size: 2 };
/** Of three pictures, the last has no ink. */
const outcomes: JobResult['outcomes'] = [{ result, timings }, { result, timings }, { error }];
const job: JobResult = { model: { name: 'test', version: '1' }, started_at: 1, finished_at: 2, outcomes };
const filenames = ['a.png', 'b.png', 'c.png'];
const UPDATE_MS = 100;

let change: (change: JobChange) => void;
let asked: { give: (jobs: BatchJobs) => void; refuse: (reason: Error) => void }[];
let updates: BatchProgress[];
let follower: BatchFollower;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  updates = [];
  follower = createBatchFollower({
    batches: { jobs: () => new Promise((give, refuse) => asked.push({ give, refuse })) },
    completions: {
      onChange: (listener) => {
        change = listener;
      },
    },
    onUpdate: (progress) => void updates.push(progress),
  });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const queued = (jobId: string) => ({
  job: { jobId, filenames },
  state: { jobId, to: 'queued', at: 0 } as const,
});
const running = (jobId: string) => change({ jobId, to: 'running', at: 1 });
const completed = (jobId: string) => change({ jobId, to: 'completed', job });
const failed = (jobId: string) => change({ jobId, to: 'failed', error, at: 2 });
const counts = (change: Partial<BatchProgress['counts']>) => ({
  ...{ queued: 0, running: 0, succeeded: 0, failed: 0, canceled: 0, expired: 0 },
  ...change,
});

/** Follows a batch of two jobs with three pictures each, both queued. */
async function follow() {
  const reply = follower.follow('batch');
  asked.at(-1)!.give([queued('one'), queued('two')]);
  return await reply;
}

test('a follower is told how far the batch is', async () => {
  expect(await follow()).toEqual({ id: 'batch', total: 6, finished: false, counts: counts({ queued: 6 }) });
  follower.forget('batch');
});

test('events are counted by picture, and told at most once in a while', async () => {
  await follow();
  running('one');
  completed('one');
  running('two');
  expect(updates).toEqual([]);
  vi.advanceTimersByTime(UPDATE_MS - 1);
  expect(updates).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(updates).toEqual([
    { id: 'batch', total: 6, finished: false, counts: counts({ succeeded: 2, failed: 1, running: 3 }) },
  ]);
  vi.advanceTimersByTime(10 * UPDATE_MS);
  expect(updates).toHaveLength(1);
  follower.forget('batch');
});

test('the end is always told, once, though it comes right after an update', async () => {
  await follow();
  completed('one');
  vi.advanceTimersByTime(UPDATE_MS);
  failed('two');
  vi.advanceTimersByTime(UPDATE_MS);
  expect(updates.map(({ finished }) => finished)).toEqual([false, true]);
  expect(updates[1]?.counts).toEqual(counts({ succeeded: 2, failed: 4 }));
  failed('two');
  vi.advanceTimersByTime(UPDATE_MS);
  expect(updates).toHaveLength(2);
});

test('one who asks between the end and its telling doesn’t keep it from the others', async () => {
  await follow();
  completed('one');
  completed('two');
  expect(await follower.follow('batch')).toMatchObject({ finished: true });
  vi.advanceTimersByTime(UPDATE_MS);
  expect(updates).toMatchObject([{ finished: true }]);
});

test('events that overtake the batch’s reading are counted', async () => {
  const reply = follower.follow('batch');
  running('one');
  completed('one');
  asked[0]!.give([queued('one'), queued('two')]);
  expect(await reply).toMatchObject({ counts: counts({ succeeded: 2, failed: 1, queued: 3 }) });
  vi.advanceTimersByTime(UPDATE_MS);
  follower.forget('batch');
});

test('an event that is older than what was read takes no end back', async () => {
  const reply = follower.follow('batch');
  running('one');
  const state = { jobId: 'one', to: 'completed', job } as const;
  asked[0]!.give([{ job: { jobId: 'one', filenames }, state }]);
  expect(await reply).toMatchObject({ finished: true, counts: counts({ succeeded: 2, failed: 1 }) });
});

test('jobs of others, and jobs that are gone, are told apart', async () => {
  const reply = follower.follow('batch');
  asked[0]!.give([queued('one'), { job: { jobId: 'gone', filenames }, state: null }]);
  expect(await reply).toMatchObject({ finished: false, counts: counts({ queued: 3, expired: 3 }) });
  completed('another');
  vi.advanceTimersByTime(UPDATE_MS);
  expect(updates).toEqual([]);
  completed('one');
  vi.advanceTimersByTime(UPDATE_MS);
  expect(updates).toMatchObject([
    { finished: true, counts: counts({ succeeded: 2, failed: 1, expired: 3 }) },
  ]);
});

test('a batch is read once for all who ask, and anew when it was let go', async () => {
  const replies = [follower.follow('batch'), follower.follow('batch')];
  asked[0]!.give([queued('one')]);
  await Promise.all(replies);
  expect(asked).toHaveLength(1);
  running('one');
  follower.forget('batch');
  vi.advanceTimersByTime(UPDATE_MS);
  expect(updates).toEqual([]);
  await follow();
  expect(asked).toHaveLength(2);
  follower.forget('batch');
});

test('a batch that can’t be read is asked for anew the next time', async () => {
  const refused = follower.follow('batch');
  asked[0]!.refuse(new Error('Command timed out'));
  await expect(refused).rejects.toThrow('Command timed out');
  await follow();
  expect(asked).toHaveLength(2);
  follower.forget('batch');
});
