import { EventEmitter } from 'node:events';
import type { JobResult } from '@inkqueue/shared/contracts/job';
import { createLogger } from '@inkqueue/shared/node/log';
import type { QueueEvents } from 'bullmq';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Completions, createCompletions } from './completions.ts';
import type { JobChange } from './states.ts';

const job: JobResult = {
  model: { name: 'test', version: '1' },
  started_at: 1,
  finished_at: 2,
  outcomes: [
    {
      result: {
        predicted_digit: 1,
        confidence: 1,
        probabilities: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        uncertain: false,
      },
      timings: { queue_ms: 1, decode_ms: 1, normalize_ms: 1, inference_ms: 1, batch_size: 1 },
    },
    { error: { code: 'no-ink', detail: 'No ink.', retryable: false } },
  ],
};
let events: EventEmitter;
let completions: Completions;

beforeEach(() => {
  vi.useFakeTimers();
  events = new EventEmitter();
  completions = createCompletions({
    events: events as unknown as QueueEvents,
    log: createLogger({ name: 'test', level: 'silent' }),
  });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const complete = (jobId: string, returnvalue: unknown = job) =>
  events.emit('completed', { jobId, returnvalue }, '1700000000000-0');
const wait = (jobId: string) => completions.wait(jobId, { timeoutMs: 1_000 });

test('everyone who waits for a job gets its end, and only its own', async () => {
  const [first, second, other] = [wait('a'), wait('a'), wait('b')].map(({ end }) => end);
  complete('a');
  expect(await first).toEqual({ jobId: 'a', to: 'completed', job });
  expect(await second).toEqual(await first);
  vi.advanceTimersByTime(1_000);
  expect(await other).toBeNull();
});

test('a failure ends a wait, with its code and time', async () => {
  const { end } = wait('a');
  const failedReason = 'job stalled more than allowable limit';
  events.emit('failed', { jobId: 'a', failedReason }, '1700000000000-3');
  expect(await end).toEqual({
    jobId: 'a',
    to: 'failed',
    error: expect.objectContaining({ code: 'worker-lost', retryable: true }),
    at: 1_700_000_000_000,
  });
});

test('a worker’s answer that is no result fails the job, not the reader', async () => {
  const { end } = wait('a');
  complete('a', { nonsense: true });
  expect(await end).toMatchObject({ to: 'failed', error: { code: 'internal' } });
});

test('no wait outlasts its deadline, its caller or the process', async () => {
  const late = wait('a');
  const left = wait('a');
  left.cancel();
  expect(await left.end).toBeNull();
  vi.advanceTimersByTime(1_000);
  expect(await late.end).toBeNull();

  const [one, two] = [wait('a'), wait('b')];
  completions.releaseAll();
  expect(await Promise.all([one.end, two.end, wait('c').end])).toEqual([null, null, null]);
});

test('canceling a wait takes nothing from another, and comes too late after the end', async () => {
  const [left, stays] = [wait('a'), wait('a')];
  left.cancel();
  complete('a');
  stays.cancel();
  expect(await left.end).toBeNull();
  expect(await stays.end).toMatchObject({ to: 'completed' });
});

test('an end that comes after the wait is nobody’s', async () => {
  const late = wait('a');
  vi.advanceTimersByTime(1_000);
  await late.end;
  complete('a');
  const next = wait('a');
  vi.advanceTimersByTime(1_000);
  expect(await next.end).toBeNull();
});

test('listeners hear every change in the queue’s order', () => {
  const heard: JobChange['to'][] = [];
  completions.onChange(({ to }) => heard.push(to));
  events.emit('waiting', { jobId: 'a' }, '1-0');
  events.emit('active', { jobId: 'a' }, '2-0');
  events.emit('delayed', { jobId: 'a', delay: 200 }, '3-0');
  events.emit('waiting', { jobId: 'a' }, '4-0');
  events.emit('active', { jobId: 'a' }, '5-0');
  complete('a');
  expect(heard).toEqual(['queued', 'running', 'queued', 'queued', 'running', 'completed']);
});
