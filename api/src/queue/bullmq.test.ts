import { randomUUID } from 'node:crypto';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import {
  createJobQueue,
  createQueueEvents,
  eventTime,
  type JobQueue,
  jobError,
  queuePosition,
  restoreQueue,
} from './bullmq.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
let prefix: string;
let queue: JobQueue;

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  queue = createJobQueue({ connection: redis, prefix, retention: { ageSeconds: 60, count: 10 } });
});
afterEach(async () => {
  await queue.obliterate({ force: true });
  await queue.close();
});
afterAll(async () => {
  await redis.quit();
});

const add = (jobId: string, priority: number, delay = 0) =>
  queue.add('predict', { pictures: [{ bytes: 1 }] }, { jobId, priority, delay });
const position = (jobId: string) => queuePosition({ connection: redis, prefix, jobId });

/** The order in which a worker takes the jobs, which are not run. */
async function taken(count: number): Promise<string[]> {
  const worker = new Worker(QUEUE_NAME, null, { connection: redis, prefix });
  const jobs: string[] = [];
  for (let i = 0; i < count; i++) jobs.push((await worker.getNextJob('token'))!.id!);
  await worker.close();
  return jobs;
}

test('positions are the order in which workers take jobs: by priority, then as they came', async () => {
  const given: [string, number][] = [
    ['batch 1', 2],
    ['waiting 1', 0],
    ['polling 1', 1],
    ['batch 2', 2],
    ['waiting 2', 0],
    ['polling 2', 1],
  ];
  for (const [jobId, priority] of given) await add(jobId, priority);
  const positions = await Promise.all(given.map(([jobId]) => position(jobId)));
  expect(positions).toEqual([4, 0, 2, 5, 1, 3]);
  const order = given
    .map(([jobId]) => jobId)
    .toSorted((a, b) => {
      const at = (jobId: string) => positions[given.findIndex(([id]) => id === jobId)]!;
      return at(a) - at(b);
    });
  expect(await taken(given.length)).toEqual(order);
});

test('a job that is taken has no position, and the others move up', async () => {
  await add('polling', 1);
  await add('waiting', 0);
  expect(await taken(1)).toEqual(['waiting']);
  expect(await Promise.all(['waiting', 'polling'].map(position))).toEqual([null, 0]);
});

test('a job that never was, or is due later, has no position', async () => {
  await add('later', 0, 60_000);
  expect(await Promise.all(['later', 'never'].map(position))).toEqual([null, null]);
});

test('the time of an event is the time at which Redis wrote it', async () => {
  const before = Date.now();
  const id = await redis.xadd(`${prefix}:some-stream`, '*', 'event', 'waiting');
  expect(eventTime(id!)).toBeGreaterThanOrEqual(before - 1);
  expect(eventTime(id!)).toBeLessThanOrEqual(Date.now() + 1);
  await redis.del(`${prefix}:some-stream`);
});

test('a reader goes on after Redis lost its data, also where the new server’s clock is behind', async () => {
  const stream = `${prefix}:${QUEUE_NAME}:events`;
  const lastEventId = `${Date.now() + 3_600_000}-0`;
  await redis.xadd(stream, lastEventId, 'event', 'waiting', 'jobId', 'before');
  const connection = redis.duplicate();
  const events = await createQueueEvents({ connection, prefix });
  const seen: string[] = [];
  events.on('waiting', ({ jobId }) => void seen.push(jobId));
  void events.run();
  await redis.del(stream, `${prefix}:${QUEUE_NAME}:meta`);
  const queueOptions = { connection: redis, prefix, queue, lastEventId };
  await restoreQueue(queueOptions);
  await restoreQueue(queueOptions);
  await add('after', 0);
  await expect.poll(() => seen, { timeout: 5_000 }).toEqual(['after']);
  expect(await redis.hget(`${prefix}:${QUEUE_NAME}:meta`, 'opts.maxLenEvents')).toBe('50000');
  await events.close();
  connection.disconnect();
});

test('BullMQ’s text for a job that it took from dead workers too often means worker-lost', async () => {
  await add('a', 0);
  const settings = { connection: redis.duplicate(), prefix, maxStalledCount: 0, stalledInterval: 50 };
  const dead = new Worker(QUEUE_NAME, null, { ...settings, lockDuration: 50 });
  await dead.getNextJob('token');
  const next = new Worker(QUEUE_NAME, async () => 'finished', settings);
  const reason = async () => (await queue.getJob('a'))?.failedReason ?? '';
  await expect.poll(reason, { timeout: 5_000 }).not.toBe('');
  expect(jobError(await reason())).toMatchObject({ code: 'worker-lost', retryable: true });
  await Promise.all([dead.close(), next.close()]);
  settings.connection.disconnect();
});

test.each([
  'Error: /srv/secret is gone',
  '',
  '{}',
  '{"code":"no-ink","detail":"secret","retryable":false}',
  'null',
])('anything else is internal, without its text: %s', (reason) => {
  const failure = jobError(reason);
  expect(failure).toMatchObject({ code: 'internal', retryable: true });
  expect(failure.detail).not.toContain('secret');
});
