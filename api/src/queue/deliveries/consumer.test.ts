import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createLogger } from '@inkqueue/shared/node/log';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createIds } from '../ids.ts';
import type { Image } from '../intake/image.ts';
import { type PredictionState, QUEUED } from '../state.ts';
import { createWaits } from '../waits.ts';
import type { AttemptEnd, Verdict } from './attempt.ts';
import { createDeliveryConsumer } from './consumer.ts';
import { createDeliveries } from './deliveries.ts';
import { createDeliveryQueue, type DeliveryQueue } from './delivery-queue.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
redis.setMaxListeners(50);
const log = createLogger({ name: 'test', level: 'silent' });
const ids = createIds(Buffer.alloc(32));
const canceled: PredictionState = {
  status: 'canceled',
  startedAt: null,
  finishedAt: 1_000,
  error: { code: 'canceled', detail: 'It was.', retryable: true },
};
const image = (webhook?: string): Image => ({
  bytes: Buffer.from('i'),
  preview: false,
  release() {},
  webhook,
});

let prefix: string;
let queue: DeliveryQueue;
let deliveries: ReturnType<typeof createDeliveries>;
let waits: ReturnType<typeof createWaits>;
let state: PredictionState | null;
let verdicts: Verdict[];
let ends: AttemptEnd[];
let consumer: ReturnType<typeof createDeliveryConsumer>;

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  queue = createDeliveryQueue({ connection: redis, prefix });
  deliveries = createDeliveries({ connection: redis, prefix, ids, log });
  waits = createWaits();
  state = canceled;
  verdicts = [];
  ends = [];
  consumer = createDeliveryConsumer({
    connection: redis,
    prefix,
    concurrency: 4,
    states: async (asked) => asked.map(() => state),
    waits,
    present: (id, { status }) => `${id} ${status}`,
    attempt: async () => verdicts.shift() ?? { outcome: 'delivered', status: 200 },
    report: (end) => void ends.push(end),
    pause: () => 1,
    log,
  });
  void consumer.run();
});
afterEach(async () => {
  await consumer.close();
  await Promise.all([queue.close(), deliveries.close()]);
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.unlink(keys);
});
afterAll(() => redis.quit());

const recordAt = (ageMs: number) => {
  const id = ids.at({ jobId: ids.newJob(), index: 0 });
  const opts = { jobId: id, timestamp: Date.now() - ageMs };
  return queue.add('deliver', { url: 'https://example.com:8443/a?b' }, opts);
};
const outcomes = () => ends.map(({ outcome }) => outcome);

test('a delivery is attempted eight times, and then given up', async () => {
  const ended = once(consumer, 'failed', { signal: AbortSignal.timeout(5_000) });
  verdicts = Array.from({ length: 9 }, () => ({ outcome: 'failed', status: 500, why: 'no' }) as const);
  const job = await recordAt(0);
  await ended;
  await expect.poll(outcomes).toEqual([...Array.from({ length: 7 }, () => 'retried'), 'failed']);
  expect(ends[7]).toMatchObject({ prediction: job.id, host: 'example.com:8443', status: 500, attempt: 8 });
  await expect.poll(() => redis.exists(`${prefix}:webhooks:${job.id}`)).toBe(0);
});

test('what is postponed counts as no attempt', async () => {
  verdicts = [
    { outcome: 'postponed', afterMs: 1 },
    { outcome: 'postponed', afterMs: 1 },
  ];
  await recordAt(0);
  await expect.poll(outcomes).toEqual(['delivered']);
  expect(ends[0]).toMatchObject({ attempt: 1, why: null });
});

test('a delivery whose prediction does not exist sleeps for a minute, and then is dropped', async () => {
  state = null;
  const young = await recordAt(30_000);
  const old = await recordAt(61_000);
  await expect.poll(outcomes).toEqual(['dropped']);
  expect(ends[0]?.prediction).toBe(old.id);
  await expect.poll(() => young.getState()).toBe('delayed');
});

test('the end of its prediction wakes a delivery, and an end that was not seen does not matter', async () => {
  state = QUEUED;
  const job = await recordAt(0);
  await expect.poll(() => job.getState()).toBe('delayed');
  state = canceled;
  waits.settle(job.id!.replaceAll('-', '').slice(0, 20), {
    status: 'failed',
    error: canceled.error,
    startedAt: null,
    finishedAt: 1_000,
  });
  await expect.poll(outcomes).toEqual(['delivered']);
});

test('images with a webhook alone are recorded, and are taken back', async () => {
  await consumer.close();
  const jobId = ids.newJob();
  expect(deliveries.record(jobId, [image(), { refused: canceled.error }])).toBeNull();
  const takeBack = await deliveries.record(jobId, [image(), image('https://example.com/')]);
  const id = ids.at({ jobId, index: 1 });
  expect((await queue.getJobs()).map((job) => [job.id, job.data])).toEqual([
    [id, { url: 'https://example.com/' }],
  ]);
  await takeBack?.();
  expect(await queue.getJobs()).toEqual([]);
});

test('the backlog says since when the oldest delivery is overdue', async () => {
  state = QUEUED;
  const asleep = await recordAt(0);
  await expect.poll(() => asleep.getState()).toBe('delayed');
  await consumer.close();
  expect(await deliveries.backlog()).toEqual({ pending: 1, overdueMs: 0 });
  await recordAt(5_000);
  const { pending, overdueMs } = await deliveries.backlog();
  expect(pending).toBe(2);
  expect(overdueMs).toBeGreaterThanOrEqual(5_000);
  expect(overdueMs).toBeLessThan(10_000);
  // BullMQ's score of a delayed job.
  await redis.zadd(`${prefix}:webhooks:delayed`, (Date.now() - 60_000) * 0x10_00, asleep.id!);
  expect((await deliveries.backlog()).overdueMs).toBeGreaterThanOrEqual(60_000);
});
