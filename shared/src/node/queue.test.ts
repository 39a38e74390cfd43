import { randomUUID } from 'node:crypto';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createQueue, type PredictionQueue, QUEUE_NAME, queuePosition } from './queue.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
let prefix: string;
let queue: PredictionQueue;

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  queue = createQueue({ connection: redis, prefix, retention: { ageSeconds: 60, count: 10 } });
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

/** The order in which a worker takes the jobs, told without running them. */
async function taken(count: number): Promise<string[]> {
  const worker = new Worker(QUEUE_NAME, null, { connection: redis, prefix });
  const jobs: string[] = [];
  for (let i = 0; i < count; i++) jobs.push((await worker.getNextJob('token'))!.id!);
  await worker.close();
  return jobs;
}

test('positions are the order in which jobs are taken: by priority, then as they came', async () => {
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

test('each job that is taken moves the others up, and has no position itself', async () => {
  await add('polling', 1);
  await add('waiting', 0);
  expect(await taken(1)).toEqual(['waiting']);
  expect(await Promise.all(['waiting', 'polling'].map(position))).toEqual([null, 0]);
});

test('one that never was, or is due later, has no position', async () => {
  await add('later', 0, 60_000);
  expect(await Promise.all(['later', 'never'].map(position))).toEqual([null, null]);
});
