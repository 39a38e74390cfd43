import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { jobOf, NO_INK, SUCCEEDED } from '../testing/job-results.ts';
import { createIds } from './ids.ts';
import type { JobState } from './state.ts';
import { createWaits, type Waits } from './waits.ts';

const ids = createIds(Buffer.alloc(32));
const [jobA, jobB] = [ids.newJob(), ids.newJob()];
const [a0, a1, b0] = [
  ids.at({ jobId: jobA, index: 0 }),
  ids.at({ jobId: jobA, index: 1 }),
  ids.at({ jobId: jobB, index: 0 }),
];
const completed: JobState = { status: 'completed', result: jobOf(SUCCEEDED, { error: NO_INK }) };
let waits: Waits;

beforeEach(() => {
  vi.useFakeTimers();
  waits = createWaits();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const wait = (id: string, signal = new AbortController().signal) =>
  waits.wait(id, { timeoutMs: 1_000, signal });

test('each wait gets the end of its own prediction, and of no other job', async () => {
  const [first, again, neighbour, other] = [wait(a0), wait(a0), wait(a1), wait(b0)];
  waits.settle(jobA, completed);
  expect(await first).toMatchObject({ status: 'succeeded' });
  expect(await again).toEqual(await first);
  expect(await neighbour).toMatchObject({ status: 'failed', error: NO_INK });
  vi.advanceTimersByTime(1_000);
  expect(await other).toBeNull();
});

test('a wait does not outlast its deadline', async () => {
  const late = wait(a0);
  vi.advanceTimersByTime(1_000);
  expect(await late).toBeNull();
  waits.settle(jobA, completed);
  const next = wait(a0);
  vi.advanceTimersByTime(1_000);
  expect(await next).toBeNull();
});

test('a wait does not outlast its signal, and ends at once where that is aborted already', async () => {
  const gone = new AbortController();
  const [left, stays] = [wait(a0, gone.signal), wait(a0)];
  gone.abort();
  expect(await left).toBeNull();
  expect(await wait(b0, gone.signal)).toBeNull();
  waits.settle(jobA, completed);
  expect(await stays).toMatchObject({ status: 'succeeded' });
});

test('an abort after the end changes nothing', async () => {
  const gone = new AbortController();
  const end = wait(a0, gone.signal);
  waits.settle(jobA, completed);
  gone.abort();
  expect(await end).toMatchObject({ status: 'succeeded' });
});

test('waits for a job that was never added end', async () => {
  const [one, two] = [wait(a0), wait(a1)];
  waits.settle(jobA, null);
  expect(await Promise.all([one, two])).toEqual([null, null]);
});
