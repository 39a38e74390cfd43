import { randomUUID } from 'node:crypto';
import { createLogger } from '@inkqueue/shared/node/log';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { jobOf, SUCCEEDED } from '../testing/job-results.ts';
import { createJobQueue, type JobQueue } from './bullmq.ts';
import { createResultBounds } from './result-bounds.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
let prefix: string;
let queue: JobQueue;
let isFull: boolean;
let heldBytes: number;
let bounds: ReturnType<typeof createResultBounds>;

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  queue = createJobQueue({ connection: redis, prefix, retention: { ageSeconds: 3_600, count: 10_000 } });
  isFull = false;
  heldBytes = 0;
  bounds = createResultBounds({
    resultTtlMs: 3_600_000,
    queue,
    uploads: { held: async () => ({ count: 1, bytes: heldBytes }) },
    memory: { shouldDropResults: (bytes) => bytes < 100, hasRoomForUploads: () => !isFull },
    resultsMax: 1_000,
    log: createLogger({ name: 'test', level: 'silent' }),
  });
});
afterEach(async () => {
  await queue.obliterate({ force: true });
  await queue.close();
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(keys);
});
afterAll(async () => {
  await redis.quit();
});

/** Jobs that ended, in this order, of so many predictions each. @param agoMs when they ended */
async function finished(sizes: number[], agoMs = 0): Promise<void> {
  const pictures = (count: number) => Array(count).fill({ bytes: 3 });
  await queue.addBulk(
    sizes.map((size) => ({ name: 'predict' as const, data: { pictures: pictures(size) } })),
  );
  const worker = new Worker(QUEUE_NAME, null, { connection: redis, prefix });
  for (const _ of sizes) {
    const job = await worker.getNextJob('token');
    await job!.moveToCompleted(jobOf(SUCCEEDED), 'token', false);
    if (agoMs > 0) await redis.zincrby(`${prefix}:${QUEUE_NAME}:completed`, -agoMs, job!.id!);
  }
  await worker.close();
}

async function predictionsLeft(): Promise<number> {
  const jobs = await queue.getJobs(['completed'], 0, -1, true);
  return jobs.reduce((sum, { data }) => sum + data.pictures.length, 0);
}

test.each([
  ['small jobs first', [...Array(600).fill(1), ...Array(40).fill(32)]],
  ['large jobs first', [...Array(40).fill(32), ...Array(600).fill(1)]],
])('predictions are held to their number, the oldest go: %s', async (_, sizes) => {
  await finished(sizes);
  await bounds.holdToNumber();
  const left = await predictionsLeft();
  expect(left).toBeGreaterThan(800);
  expect(left).toBeLessThan(1_200);
  const [oldest] = await queue.getJobs(['completed'], 0, 0, true);
  expect(Number(oldest!.id)).toBeGreaterThan(1);
});

test('fewer than their number all stay', async () => {
  await finished(Array(30).fill(32));
  await bounds.holdToNumber();
  expect(await predictionsLeft()).toBe(960);
});

test('old results make room while Redis is short of memory, fresh ones do not', async () => {
  await finished(Array(10).fill(1), 70_000);
  await finished(Array(10).fill(1), 10_000);
  for (let i = 0; i < 20; i++) await bounds.holdToMemory();
  expect(await predictionsLeft()).toBe(10);
  isFull = true;
  await bounds.holdToMemory();
  expect(await predictionsLeft()).toBe(9);
});

test('results stay where it is the images that fill Redis', async () => {
  await finished(Array(10).fill(1), 70_000);
  heldBytes = 100;
  await bounds.holdToMemory();
  expect(await predictionsLeft()).toBe(10);
});
