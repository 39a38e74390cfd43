import { randomUUID } from 'node:crypto';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { type Job, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { jobOf, NO_INK } from '../../testing/job-results.ts';
import { createJobQueue, type JobQueue } from '../bullmq.ts';
import { createIds } from '../ids.ts';
import { createJobRecords } from './job-records.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
const RESULT_TTL_MS = 60_000;
const TOKEN = 'token';
const result = jobOf({ error: NO_INK });
let prefix: string;
let queue: JobQueue;
let worker: Worker;

beforeEach(async () => {
  prefix = `test-${randomUUID()}`;
  queue = createJobQueue({ connection: redis, prefix, retention: { ageSeconds: 60, count: 10 } });
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

const records = () => createJobRecords({ connection: redis, prefix, queue, resultTtlMs: RESULT_TTL_MS });
const find = async () => (await records().find('a'))?.state ?? null;
const add = (options = {}) => queue.add('predict', { pictures: [{ bytes: 1 }] }, { jobId: 'a', ...options });
const take = async () => (await worker.getNextJob(TOKEN)) as Job;

test('a job that never was is null', async () => {
  expect(await find()).toBeNull();
});

test('a job’s size and start are known while it is kept', async () => {
  const { describe } = records();
  expect(await describe('a')).toBeNull();
  await queue.add('predict', { pictures: [{ bytes: 1 }, { bytes: 2 }] }, { jobId: 'a' });
  expect(await describe('a')).toEqual({ predictions: 2, startedAt: null, isOver: false });
  const { processedOn } = await take();
  expect(await describe('a')).toEqual({ predictions: 2, startedAt: processedOn, isOver: false });
});

test('predictions have their states in the order of their ids, each job looked up once', async () => {
  const ids = createIds(Buffer.alloc(32));
  const [jobId, gone] = [ids.newJob(), ids.newJob()];
  await queue.add('predict', { pictures: [{ bytes: 1 }, { bytes: 2 }] }, { jobId });
  const looked = vi.spyOn(redis, 'hgetall');
  const wanted = [
    ids.at({ jobId, index: 1 }),
    ids.at({ jobId: gone, index: 0 }),
    ids.at({ jobId, index: 0 }),
  ];
  const queued = { status: 'queued', position: null, startMs: null };
  expect(await records().states(wanted)).toEqual([queued, null, queued]);
  expect(looked).toHaveBeenCalledTimes(2);
});

test.each([0, 2])('a job of priority %i is queued, then running, then completed', async (priority) => {
  await add({ priority });
  expect(await find()).toEqual({ status: 'queued' });
  const taken = await take();
  expect(await find()).toEqual({ status: 'running', startedAt: taken.processedOn });
  await taken.moveToCompleted(result, TOKEN, false);
  expect(await find()).toEqual({ status: 'completed', result });
});

test('a job that waits for its next attempt is queued', async () => {
  await add({ backoff: 60_000 });
  await (await take()).moveToFailed(new Error('out of memory'), TOKEN, false);
  expect(await queue.getJobState('a')).toBe('delayed');
  expect(await find()).toMatchObject({ status: 'queued' });
});

test('a job that failed has its start and end, and not the text of its error', async () => {
  await add({ attempts: 1 });
  const taken = await take();
  await taken.moveToFailed(new Error('/srv/secret is gone'), TOKEN, false);
  const state = await find();
  expect(state).toMatchObject({
    status: 'failed',
    error: { code: 'internal' },
    startedAt: taken.processedOn,
    finishedAt: expect.any(Number),
  });
  expect(JSON.stringify(state)).not.toContain('secret');
});

test('a return value that is not a result is a failure, as it is in the events', async () => {
  await add();
  await (await take()).moveToCompleted({ nonsense: true }, TOKEN, false);
  expect(await find()).toMatchObject({ status: 'failed', error: { code: 'internal' } });
});

test('a job that ends between the two look-ups has ended', async () => {
  await add();
  const taken = await take();
  const { getJobState } = queue;
  vi.spyOn(queue, 'getJobState').mockImplementationOnce(async (id) => {
    await taken.moveToCompleted(result, TOKEN, false);
    return getJobState.call(queue, id);
  });
  expect(await find()).toMatchObject({ status: 'completed' });
});

test('a result that outlived its time is gone, though BullMQ still keeps it', async () => {
  await add();
  await (await take()).moveToCompleted(result, TOKEN, false);
  const now = Date.now();
  vi.spyOn(Date, 'now').mockReturnValue(now + RESULT_TTL_MS + 1_000);
  expect(await find()).toBeNull();
  expect(await queue.getJob('a')).toBeDefined();
});
