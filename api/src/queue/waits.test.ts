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

const wait = (id: string) => waits.wait(id, 1_000).end;

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

test('a wait that is stopped ends, and no other', async () => {
  const [left, stays] = [waits.wait(a0, 1_000), wait(a0)];
  left.stop();
  expect(await left.end).toBeNull();
  waits.settle(jobA, completed);
  expect(await stays).toMatchObject({ status: 'succeeded' });
});

test('to stop a wait after its end changes nothing', async () => {
  const { end, stop } = waits.wait(a0, 1_000);
  waits.settle(jobA, completed);
  const next = wait(a0);
  stop();
  expect(await end).toMatchObject({ status: 'succeeded' });
  waits.settle(jobA, completed);
  expect(await next).toMatchObject({ status: 'succeeded' });
});

test('waits for a job that was never added end', async () => {
  const [one, two] = [wait(a0), wait(a1)];
  waits.settle(jobA, null);
  expect(await Promise.all([one, two])).toEqual([null, null]);
});
