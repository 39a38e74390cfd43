import { randomUUID } from 'node:crypto';
import type { JobResult } from '@inkqueue/shared/contracts/job';
import { createQueue, type PredictionQueue, QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { type Job, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createJobStates } from './job-states.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
const RESULT_TTL_MS = 60_000;
const TOKEN = 'token';
const job: JobResult = {
  model: { name: 'test', version: '1' },
  started_at: 1,
  finished_at: 2,
  outcomes: [{ error: { code: 'no-ink', detail: 'No ink.', retryable: false } }],
};
let prefix: string;
let queue: PredictionQueue;
let worker: Worker;

beforeEach(async () => {
  prefix = `test-${randomUUID()}`;
  queue = createQueue({ connection: redis, prefix, retention: { ageSeconds: 60, count: 10 } });
  worker = new Worker(QUEUE_NAME, null, { connection: redis, prefix });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
});
afterAll(async () => {
  await redis.quit();
});

const read = () => createJobStates({ queue, resultTtlMs: RESULT_TTL_MS }).read('a');
const add = (options = {}) => queue.add('predict', { pictures: [{ bytes: 1 }] }, { jobId: 'a', ...options });
const take = async () => (await worker.getNextJob(TOKEN)) as Job;

test('a job that never was is null', async () => {
  expect(await read()).toBeNull();
});

test('a job tells how many pictures it has, while it is kept', async () => {
  const { pictures } = createJobStates({ queue, resultTtlMs: RESULT_TTL_MS });
  expect(await pictures('a')).toBe(0);
  await queue.add('predict', { pictures: [{ bytes: 1 }, { bytes: 2 }] }, { jobId: 'a' });
  expect(await pictures('a')).toBe(2);
});

test.each([0, 2])('a job of priority %i is queued, then running, then completed', async (priority) => {
  const { timestamp } = await add({ priority });
  expect(await read()).toEqual({ jobId: 'a', to: 'queued', at: timestamp });
  const taken = await take();
  expect(await read()).toEqual({ jobId: 'a', to: 'running', at: taken.processedOn });
  await taken.moveToCompleted(job, TOKEN, false);
  expect(await read()).toEqual({ jobId: 'a', to: 'completed', job });
});

test('one that waits for its next attempt is queued', async () => {
  await add({ backoff: 60_000 });
  await (await take()).moveToFailed(new Error('out of memory'), TOKEN, false);
  expect(await queue.getJobState('a')).toBe('delayed');
  expect(await read()).toMatchObject({ to: 'queued' });
});

test('one that failed tells when it started and ended, and not why in words of its own', async () => {
  await add({ attempts: 1 });
  const taken = await take();
  await taken.moveToFailed(new Error('/srv/secret is gone'), TOKEN, false);
  const state = await read();
  expect(state).toMatchObject({
    to: 'failed',
    error: { code: 'internal' },
    startedAt: taken.processedOn,
    at: expect.any(Number),
  });
  expect(JSON.stringify(state)).not.toContain('secret');
});

test('a worker’s answer that is no result is a failure, as it is in the events', async () => {
  await add();
  await (await take()).moveToCompleted({ nonsense: true }, TOKEN, false);
  expect(await read()).toMatchObject({ jobId: 'a', to: 'failed', error: { code: 'internal' } });
});

test('one that ends between the two looks has ended', async () => {
  await add();
  const taken = await take();
  const { getJobState } = queue;
  vi.spyOn(queue, 'getJobState').mockImplementationOnce(async (id) => {
    await taken.moveToCompleted(job, TOKEN, false);
    return getJobState.call(queue, id);
  });
  expect(await read()).toMatchObject({ to: 'completed' });
});

test('a result that outlived its time is gone, though the queue still has it', async () => {
  await add();
  await (await take()).moveToCompleted(job, TOKEN, false);
  const now = Date.now();
  vi.spyOn(Date, 'now').mockReturnValue(now + RESULT_TTL_MS + 1_000);
  expect(await read()).toBeNull();
  expect(await queue.getJob('a')).toBeDefined();
});
