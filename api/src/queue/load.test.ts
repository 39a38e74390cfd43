import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { createJobQueue, type JobQueue } from './bullmq.ts';
import { numberOf } from './intake/priorities.ts';
import { lookAtLoad } from './load.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
const prefix = `test-${randomUUID()}`;
const queue: JobQueue = createJobQueue({ connection: redis, prefix });
afterEach(async () => {
  await queue.obliterate({ force: true });
});
afterAll(async () => {
  await queue.close();
  await redis.quit();
});

const load = () =>
  lookAtLoad({
    connection: redis,
    prefix,
    uploads: { held: async () => ({ count: 5, bytes: 50 }) },
    queue,
    oldestWaitingAt: async () => Date.now() - 2_000,
  });

test('the jobs that wait are told apart, and their number is the sum of these, though a job comes between two looks', async () => {
  const add = (priority: number, delay = 0) =>
    queue.add('predict', { pictures: [{ bytes: 1 }] }, { priority, delay });
  await add(numberOf('waiting', null));
  await add(numberOf('polling', null));
  await add(numberOf('polling', 3));
  await add(numberOf('batch', 0));
  await add(0, 60_000);
  const { getJobCounts } = queue;
  vi.spyOn(queue, 'getJobCounts').mockImplementationOnce(async (...types) => {
    await add(numberOf('batch', 1));
    return getJobCounts.call(queue, ...types);
  });
  const { jobs, waiting, oldest_waiting_seconds, ...held } = await load();
  expect(held).toEqual({ pictures: 5, bytes: 50 });
  expect(oldest_waiting_seconds).toBeGreaterThanOrEqual(2);
  expect(waiting).toEqual({ at_once: 2, in_turns: 1, batches: 1, again: 1 });
  expect(jobs).toEqual({ waiting: 5, active: 0 });
});
