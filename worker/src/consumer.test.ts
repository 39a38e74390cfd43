import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { JobData, StoredJobResult, StoredOutcome } from '@inkqueue/shared/contracts/job';
import { toPredictionError } from '@inkqueue/shared/contracts/problems';
import { createLogger } from '@inkqueue/shared/node/log';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { closeConsumer } from '@inkqueue/shared/node/redis/closing';
import { createUploads, type Uploads } from '@inkqueue/shared/node/uploads';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createConsumer } from './consumer.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
redis.setMaxListeners(0);
const log = createLogger({ name: 'test', level: 'silent' });
let prefix: string;
let queue: Queue<JobData, StoredJobResult, 'predict'>;
let uploads: Uploads;
let consumer: ReturnType<typeof createConsumer>;

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  queue = new Queue(QUEUE_NAME, { connection: redis, prefix });
  uploads = createUploads({ connection: redis, prefix });
});
afterEach(async () => {
  await consumer.close();
  await queue.obliterate({ force: true });
  await queue.close();
});
afterAll(async () => {
  await redis.quit();
});

/** Runs a job of two images, and says which of them are kept once the job's images are off the books. */
async function keptAfter(process: () => Promise<StoredJobResult>, keepMs: number): Promise<string[]> {
  consumer = createConsumer({
    connection: redis.duplicate(),
    prefix,
    id: 'test',
    concurrency: 1,
    process,
    uploads,
    keepMs,
    log,
  });
  const images = new Map([Buffer.from('one'), Buffer.from('two')].entries());
  await uploads.store('a', images, { maxCount: 9, maxBytes: 99 });
  await queue.add('predict', { pictures: [{ bytes: 3 }, { bytes: 3 }] }, { jobId: 'a' });
  void consumer.run();
  await expect.poll(() => uploads.held(), { timeout: 5_000 }).toEqual({ count: 0, bytes: 0 });
  return redis.hkeys(uploads.keptKeys('a')[0]!);
}

const failing = (code: 'no-ink' | 'internal' | 'worker-lost'): StoredOutcome => ({
  error: toPredictionError(code, ''),
});
const ending =
  (...outcomes: StoredOutcome[]) =>
  async (): Promise<StoredJobResult> => ({
    model: { name: 'm', version: '1' },
    started_at: 1,
    finished_at: 2,
    outcomes,
  });

test('images that failed by the service’s fault are kept, the others go', async () => {
  expect(await keptAfter(ending(failing('no-ink'), failing('internal')), 60_000)).toEqual(['1']);
});

test('all images of a job that failed are kept', async () => {
  const broken = () => Promise.reject(new Error('the network is broken'));
  expect((await keptAfter(broken, 60_000)).sort()).toEqual(['0', '1']);
});

test('nothing is kept where RETRY_KEEP_SECONDS is 0', async () => {
  expect(await keptAfter(ending(failing('internal'), failing('worker-lost')), 0)).toEqual([]);
});

test('it closes also while its blocking connection is between two attempts to connect', async () => {
  expect(await keptAfter(ending(failing('no-ink')), 0)).toEqual([]);
  const blocking = await consumer.backend.blockingClient;
  // Its connection breaks, and it waits before it connects again.
  blocking!.disconnect(true);
  await expect.poll(() => blocking!.status, { interval: 1 }).toBe('reconnecting');
  const closed = closeConsumer(redis, consumer).then(() => true);
  expect(await Promise.race([closed, delay(5_000, false)])).toBe(true);
});
