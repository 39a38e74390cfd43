import { randomUUID } from 'node:crypto';
import { createLogger } from '@inkqueue/shared/node/log';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { createUploads } from '@inkqueue/shared/node/uploads';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createJobQueue, type JobQueue } from '../bullmq.ts';
import { createCanceling } from './canceling.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
let prefix: string;
let queue: JobQueue;
let worker: Worker;
let canceling: ReturnType<typeof createCanceling>;
let canceled: number;
beforeEach(async () => {
  prefix = `test-${randomUUID()}`;
  canceled = 0;
  queue = createJobQueue({ connection: redis, prefix });
  worker = new Worker(QUEUE_NAME, null, { connection: redis, prefix, autorun: false });
  canceling = createCanceling({
    connection: redis,
    prefix,
    uploads: createUploads({ connection: redis, prefix }),
    counts: {
      add(_, count = 1) {
        canceled += count;
      },
    },
    records: { pictures: async () => null },
    eventsKept: 100,
    log: createLogger({ name: 'test', level: 'silent' }),
  });
  await queue.add('predict', { pictures: [{ bytes: 1 }, { bytes: 1 }, { bytes: 1 }] }, { jobId: 'a' });
});
afterEach(async () => {
  canceling.close();
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
});
afterAll(async () => {
  await redis.quit();
});

const cancel = (index: number) => canceling.cancel([{ jobId: 'a', index }], 'asked');

test('what is canceled while it waits counts once, and what a worker runs counts there alone', async () => {
  expect([await cancel(0), await cancel(0)]).toEqual([1, 0]);
  expect(canceled).toBe(1);
  await worker.getNextJob('token');
  expect([await cancel(1), await cancel(0)]).toEqual([1, 0]);
  expect(canceled).toBe(1);
});
