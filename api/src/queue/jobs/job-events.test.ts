import { EventEmitter } from 'node:events';
import { createLogger } from '@inkqueue/shared/node/log';
import type { QueueEvents } from 'bullmq';
import { beforeEach, expect, test } from 'vitest';
import { jobOf, NO_INK, SUCCEEDED } from '../../testing/job-results.ts';
import type { JobState } from '../state.ts';
import { createJobEvents } from './job-events.ts';
import type { JobRecords } from './job-records.ts';

const STALLED = 'job stalled more than allowable limit';
const result = jobOf(SUCCEEDED, { error: NO_INK });
let events: EventEmitter;
let describe: JobRecords['describe'];
let published: [jobId: string, state: JobState, predictions: number][];

beforeEach(() => {
  events = new EventEmitter();
  published = [];
  describe = async () => ({ predictions: 3, startedAt: 1_500, isOver: true });
  createJobEvents({
    events: events as unknown as QueueEvents,
    records: { describe: (jobId) => describe(jobId) },
    log: createLogger({ name: 'test', level: 'silent' }),
  }).onState((...state) => void published.push(state));
});

const fail = (failedReason: string) => events.emit('failed', { jobId: 'a', failedReason }, '1700000000000-3');
const failure = { status: 'failed', startedAt: 1_500, finishedAt: 1_700_000_000_000 };

test('states come in the queue’s order', () => {
  events.emit('waiting', { jobId: 'a' }, '1-0');
  events.emit('active', { jobId: 'a' }, '2-0');
  events.emit('delayed', { jobId: 'a', delay: 200 }, '3-0');
  events.emit('waiting', { jobId: 'a' }, '4-0');
  events.emit('active', { jobId: 'a' }, '5-0');
  events.emit('completed', { jobId: 'a', returnvalue: result }, '6-0');
  expect(published.map(([, { status }]) => status)).toEqual([
    'queued',
    'running',
    'queued',
    'queued',
    'running',
    'completed',
  ]);
  expect(published[1]).toEqual(['a', { status: 'running', startedAt: 2 }, 0]);
  expect(published.at(-1)).toEqual(['a', { status: 'completed', result }, 2]);
});

test('a failure has its code, its time, and from the record its start and its size', async () => {
  fail(STALLED);
  const error = expect.objectContaining({ code: 'worker-lost', retryable: true });
  await expect.poll(() => published).toEqual([['a', { ...failure, error }, 3]]);
});

test('a failure whose record is gone, or out of reach, is a failure all the same', async () => {
  describe = async () => null;
  fail('');
  await expect.poll(() => published.length).toBe(1);
  describe = () => Promise.reject(new Error('Connection is closed.'));
  fail('');
  await expect.poll(() => published.length).toBe(2);
  for (const [, state, predictions] of published) {
    expect(state).toMatchObject({ status: 'failed', startedAt: null, error: { code: 'internal' } });
    expect(predictions).toBe(1);
  }
});

test('a return value that is not a result fails the job, not the reader', async () => {
  events.emit('completed', { jobId: 'a', returnvalue: { nonsense: true } }, '1700000000000-0');
  const error = expect.objectContaining({ code: 'internal' });
  await expect.poll(() => published).toEqual([['a', { ...failure, error }, 3]]);
});

test('a failure that is read after a client had the image read again is none', async () => {
  describe = async () => ({ predictions: 3, startedAt: null, isOver: false });
  events.emit('failed', { jobId: 'a', failedReason: 'x' }, '2000-0');
  await new Promise((resolve) => setImmediate(resolve));
  expect(published).toEqual([]);
});
