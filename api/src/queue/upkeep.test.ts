import { randomUUID } from 'node:crypto';
import { createLogger } from '@inkqueue/shared/node/log';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { createUploads, type Uploads } from '@inkqueue/shared/node/uploads';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { jobOf, SUCCEEDED } from '../testing/job-results.ts';
import { createJobQueue, type JobQueue } from './bullmq.ts';
import { createIds } from './ids.ts';
import { createUpkeep } from './upkeep.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
redis.setMaxListeners(0);
const ids = createIds(Buffer.alloc(32));
let prefix: string;
let queue: JobQueue;
let uploads: Uploads;
let upkeep: ReturnType<typeof createUpkeep>;
let isShort: boolean;

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  queue = createJobQueue({ connection: redis, prefix, retention: { ageSeconds: 60, count: 1_000 } });
  uploads = createUploads({ connection: redis, prefix });
  isShort = false;
  upkeep = createUpkeep({
    connection: redis,
    prefix,
    queue,
    uploads,
    memory: { shouldDropResults: () => isShort },
    resultsMax: 10,
    log: createLogger({ name: 'test', level: 'silent' }),
  });
});
afterEach(async () => {
  upkeep.close();
  await queue.obliterate({ force: true });
  await queue.close();
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(keys);
});
afterAll(async () => {
  await redis.quit();
});

/** A job that an api opened so long ago. */
function jobOpened(agoMs: number): string {
  return (Date.now() - agoMs).toString(16).padStart(12, '0') + ids.newJob().slice(12);
}
const store = (jobId: string) =>
  uploads.store(jobId, new Map([[0, Buffer.of(1, 2, 3)]]), { maxCount: 1_000, maxBytes: 1e6 });
const add = (jobId: string, predictions = 1) =>
  queue.add('predict', { pictures: Array(predictions).fill({ bytes: 3 }) }, { jobId });

async function finish(count: number): Promise<void> {
  const worker = new Worker(QUEUE_NAME, null, { connection: redis, prefix });
  for (let i = 0; i < count; i++) {
    const job = await worker.getNextJob('token');
    await job!.moveToCompleted(jobOf(SUCCEEDED), 'token', false);
  }
  await worker.close();
}

test('images whose job was never added go, and those of a job that waits stay', async () => {
  const [orphan, waiting, fresh] = [jobOpened(60_000), jobOpened(60_000), jobOpened(0)];
  for (const jobId of [orphan, waiting, fresh]) await store(jobId);
  await add(waiting);
  await upkeep.round();
  expect(await uploads.read(orphan, 1)).toEqual([null]);
  expect(await uploads.read(waiting, 1)).toEqual([Buffer.of(1, 2, 3)]);
  expect(await uploads.read(fresh, 1)).toEqual([Buffer.of(1, 2, 3)]);
  expect(await uploads.held()).toEqual({ count: 2, bytes: 6 });
});

test('images of a job that ended some time ago, whose worker died before the release, go', async () => {
  const jobId = jobOpened(60_000);
  await store(jobId);
  await add(jobId);
  await finish(1);
  await upkeep.round();
  expect(await uploads.held()).toEqual({ count: 1, bytes: 3 });
  await redis.hset(`${prefix}:${QUEUE_NAME}:${jobId}`, 'finishedOn', Date.now() - 30_000);
  await upkeep.round();
  expect(await uploads.held()).toEqual({ count: 0, bytes: 0 });
});

test('sums that disagree with the books are set right', async () => {
  await store(jobOpened(0));
  await redis.set(`${prefix}:uploads-count`, 500);
  await upkeep.round();
  expect(await uploads.held()).toEqual({ count: 1, bytes: 3 });
});

test('finished predictions are held to their number, the oldest go first', async () => {
  const jobs = Array.from({ length: 6 }, () => ids.newJob());
  for (const jobId of jobs) await add(jobId, 4);
  await finish(6);
  await upkeep.round();
  const left = await Promise.all(jobs.map((jobId) => queue.getJobState(jobId)));
  expect(left).toEqual(['unknown', 'unknown', 'unknown', 'completed', 'completed', 'completed']);
});

test('results make room while Redis is short of memory', async () => {
  for (let i = 0; i < 5; i++) await add(ids.newJob());
  await finish(5);
  isShort = true;
  await upkeep.round();
  expect(await queue.getJobCounts('completed')).toEqual({ completed: 4 });
});
