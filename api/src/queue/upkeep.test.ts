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
redis.setMaxListeners(100);
const ids = createIds(Buffer.alloc(32));
let prefix: string;
let queue: JobQueue;
let uploads: Uploads;
let upkeep: ReturnType<typeof createUpkeep>;

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  queue = createJobQueue({ connection: redis, prefix, retention: { ageSeconds: 60, count: 1_000 } });
  uploads = createUploads({ connection: redis, prefix });
  upkeep = createUpkeep({
    resultTtlMs: 3_600_000,
    ends: { finishDeleting: async () => {} },
    connection: redis,
    prefix,
    queue,
    uploads,
    memory: { shouldDropResults: () => false, hasRoomForUploads: () => true },
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

const store = (jobId: string) =>
  uploads.store(jobId, new Map([[0, Buffer.of(1, 2, 3)]]), { maxCount: 1_000, maxBytes: 1e6 });
const add = (jobId: string) => queue.add('predict', { pictures: [{ bytes: 3 }] }, { jobId });

async function finish(count: number): Promise<void> {
  const worker = new Worker(QUEUE_NAME, null, { connection: redis, prefix });
  for (let i = 0; i < count; i++) {
    const job = await worker.getNextJob('token');
    await job!.moveToCompleted(jobOf(SUCCEEDED), 'token', false);
  }
  await worker.close();
}

test('images whose job was never added go after two rounds, and those of a job that waits stay', async () => {
  const [orphan, waiting] = [ids.newJob(), ids.newJob()];
  for (const jobId of [orphan, waiting]) await store(jobId);
  await add(waiting);
  await upkeep.releaseOrphans();
  expect(await uploads.held()).toEqual({ count: 2, bytes: 6 });
  await upkeep.releaseOrphans();
  expect(await uploads.read(orphan, 1)).toEqual([null]);
  expect(await uploads.read(waiting, 1)).toEqual([Buffer.of(1, 2, 3)]);
  expect(await uploads.held()).toEqual({ count: 1, bytes: 3 });
});

test('images whose job is added between two rounds stay', async () => {
  const jobId = ids.newJob();
  await store(jobId);
  await upkeep.releaseOrphans();
  await add(jobId);
  await upkeep.releaseOrphans();
  await upkeep.releaseOrphans();
  expect(await uploads.held()).toEqual({ count: 1, bytes: 3 });
});

test('images of a job that ended, whose worker died before the release, go after two rounds', async () => {
  const jobId = ids.newJob();
  await store(jobId);
  await add(jobId);
  await finish(1);
  await upkeep.releaseOrphans();
  expect(await uploads.held()).toEqual({ count: 1, bytes: 3 });
  await upkeep.releaseOrphans();
  expect(await uploads.held()).toEqual({ count: 0, bytes: 0 });
});

test('sums that disagree with the books are set right', async () => {
  await store(ids.newJob());
  await redis.set(`${prefix}:uploads-count`, 500);
  await upkeep.releaseOrphans();
  expect(await uploads.held()).toEqual({ count: 1, bytes: 3 });
});
