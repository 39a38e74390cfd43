import { EventEmitter } from 'node:events';
import type { JobResult } from '@inkqueue/shared/contracts/job';
import { formatFailure } from '@inkqueue/shared/contracts/job';
import { createLogger } from '@inkqueue/shared/node/log';
import type { QueueEvents } from 'bullmq';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Completions, createCompletions } from './completions.ts';
import type { StateChange } from './states.ts';

const job: JobResult = {
  model: { name: 'test', version: '1' },
  result: {
    predicted_digit: 1,
    confidence: 1,
    probabilities: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    uncertain: false,
  },
  timings: { queue_ms: 1, decode_ms: 1, normalize_ms: 1, inference_ms: 1, batch_size: 1 },
  started_at: 1,
  finished_at: 2,
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
const wait = (id: string, signal?: AbortSignal) =>
  completions.wait(id, { timeoutMs: 1_000, ...(signal && { signal }) });

test('everyone who waits for a prediction gets its end, and only its own', async () => {
  const [first, second, other] = [wait('a'), wait('a'), wait('b')];
  complete('a');
  expect(await first).toEqual({ id: 'a', to: 'succeeded', job });
  expect(await second).toEqual(await first);
  vi.advanceTimersByTime(1_000);
  expect(await other).toBeNull();
});

test('a failure ends a wait, with its code and time', async () => {
  const end = wait('a');
  const error = { code: 'no-ink', detail: 'No ink.', retryable: false } as const;
  events.emit('failed', { jobId: 'a', failedReason: formatFailure(error) }, '1700000000000-3');
  expect(await end).toEqual({ id: 'a', to: 'failed', error, at: 1_700_000_000_000 });
});

test('a worker’s answer that is no result fails the prediction, not the reader', async () => {
  const end = wait('a');
  complete('a', { nonsense: true });
  expect(await end).toMatchObject({ to: 'failed', error: { code: 'internal' } });
});

test('no wait outlasts its deadline, its caller or the process', async () => {
  const late = wait('a');
  const leaving = new AbortController();
  const left = wait('a', leaving.signal);
  leaving.abort();
  expect(await left).toBeNull();
  expect(await wait('a', AbortSignal.abort())).toBeNull();
  vi.advanceTimersByTime(1_000);
  expect(await late).toBeNull();

  const [one, two] = [wait('a'), wait('b')];
  completions.releaseAll();
  expect(await Promise.all([one, two, wait('c')])).toEqual([null, null, null]);
});

test('an end that comes after the wait is nobody’s', async () => {
  const late = wait('a');
  vi.advanceTimersByTime(1_000);
  await late;
  complete('a');
  const next = wait('a');
  vi.advanceTimersByTime(1_000);
  expect(await next).toBeNull();
});

test('listeners hear every change in the queue’s order', () => {
  const heard: StateChange['to'][] = [];
  completions.onChange(({ to }) => heard.push(to));
  events.emit('waiting', { jobId: 'a' }, '1-0');
  events.emit('active', { jobId: 'a' }, '2-0');
  events.emit('delayed', { jobId: 'a', delay: 200 }, '3-0');
  events.emit('waiting', { jobId: 'a' }, '4-0');
  events.emit('active', { jobId: 'a' }, '5-0');
  complete('a');
  expect(heard).toEqual(['queued', 'running', 'queued', 'queued', 'running', 'succeeded']);
});
