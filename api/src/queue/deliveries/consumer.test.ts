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
import { createForgetting } from './forgetting.ts';

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
const failed: PredictionState = {
  status: 'failed',
  startedAt: null,
  finishedAt: 1_000,
  error: { code: 'internal', detail: 'It broke.', retryable: true },
};
const FAILED: Verdict = { outcome: 'failed', status: 500, why: 'no' };
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
let hasRoom: boolean;
let verdicts: Verdict[];
let bodies: string[];
let onAttempt: () => Promise<unknown>;
let onLook: () => Promise<unknown>;
let ends: AttemptEnd[];
let consumer: ReturnType<typeof createDeliveryConsumer>;

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  queue = createDeliveryQueue({ connection: redis, prefix });
  deliveries = createDeliveries({ connection: redis, prefix, ids, max: 10, log });
  waits = createWaits();
  state = canceled;
  hasRoom = true;
  verdicts = [];
  bodies = [];
  onAttempt = onLook = async () => {};
  ends = [];
  consumer = createDeliveryConsumer({
    connection: redis,
    prefix,
    concurrency: 4,
    states: async (asked) => {
      await onLook();
      return asked.map(() => state);
    },
    waits,
    isForgotten: createForgetting({ connection: redis, prefix, queue }).isForgotten,
    hasRoom: () => hasRoom,
    present: (id, { status }) => `${id} ${status}`,
    async attempt({ body }) {
      bodies.push(body);
      await onAttempt();
      return verdicts.shift() ?? { outcome: 'delivered', status: 200 };
    },
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
  verdicts = Array.from({ length: 9 }, () => FAILED);
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
  let looks = 0;
  // The first look finds it, the second one would no longer.
  onLook = async () => {
    if (++looks === 2) state = null;
  };
  await expect.poll(outcomes).toEqual(['delivered']);
  expect(ends[0]).toMatchObject({ attempt: 1, why: null });
  expect(looks).toBe(1);
});

test('a delivery that is forgotten during an attempt is not attempted again', async () => {
  verdicts = [FAILED];
  const job = await recordAt(0);
  onAttempt = () => deliveries.forget([job.id!]);
  await expect.poll(outcomes).toEqual(['dropped']);
  expect(ends[0]).toMatchObject({ attempt: 1, why: expect.stringContaining('deleted') });
  await expect.poll(() => redis.exists(`${prefix}:webhooks:${job.id}`)).toBe(0);
});

test('a delivery that is forgotten while a process looks at it is not attempted', async () => {
  const id = ids.at({ jobId: ids.newJob(), index: 0 });
  state = QUEUED;
  onLook = () => deliveries.forget([id]);
  const job = await queue.add('deliver', { url: 'https://example.com/' }, { jobId: id });
  await expect.poll(() => job.getState()).toBe('delayed');
  state = canceled;
  await job.promote();
  await expect.poll(outcomes).toEqual(['dropped']);
  expect(bodies).toEqual([]);
});

test('a failure that its client can have read again is looked up before each attempt, as long as it is kept', async () => {
  verdicts = [FAILED, FAILED];
  state = { ...failed };
  onAttempt = async () => {
    state = bodies.length === 1 ? canceled : null;
  };
  await recordAt(0);
  await expect.poll(outcomes).toEqual(['retried', 'retried', 'delivered']);
  expect(bodies.map((body) => body.split(' ')[1])).toEqual(['failed', 'canceled', 'canceled']);
});

test('where Redis is short of memory no body is kept', async () => {
  hasRoom = false;
  verdicts = [FAILED];
  onAttempt = async () => {
    state = null;
  };
  await recordAt(90_000);
  await expect.poll(outcomes).toEqual(['retried', 'dropped']);
});

test('all deliveries are given up, also one that is attempted just now', async () => {
  state = QUEUED;
  const asleep = await recordAt(0);
  await expect.poll(() => asleep.getState()).toBe('delayed');
  state = canceled;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let goOn = () => {};
  onAttempt = () => {
    begin();
    return new Promise<void>((resolve) => {
      goOn = resolve;
    });
  };
  verdicts = [FAILED];
  const attempted = await recordAt(0);
  await begun;
  expect(await deliveries.forgetAll()).toBe(2);
  goOn();
  await expect.poll(outcomes).toEqual(['dropped']);
  expect(ends[0]?.prediction).toBe(attempted.id);
  await expect.poll(async () => (await deliveries.backlog()).pending).toBe(0);
});

test('the failure is sent once its prediction is no longer kept', async () => {
  verdicts = [FAILED];
  state = { ...failed };
  onAttempt = async () => {
    state = null;
  };
  await recordAt(90_000);
  await expect.poll(outcomes).toEqual(['retried', 'delivered']);
  expect(bodies[1]).toBe(bodies[0]);
});

test('what breaks in this process counts as no attempt', async () => {
  onLook = () => Promise.reject(new Error('Connection is closed.'));
  const job = await recordAt(0);
  await expect.poll(() => job.getState()).toBe('delayed');
  onLook = async () => {};
  await job.promote();
  await expect.poll(outcomes).toEqual(['delivered']);
  expect(ends[0]).toMatchObject({ attempt: 1 });
});

test('a record that is malformed has failed, once', async () => {
  for (const data of [{}, { url: 'nowhere' }]) {
    const id = ids.at({ jobId: ids.newJob(), index: 0 });
    await queue.add('deliver', data as { url: string }, { jobId: id });
    await expect.poll(() => ends.at(-1)?.prediction).toBe(id);
    expect(ends.at(-1)).toMatchObject({ outcome: 'failed', host: null, attempt: 1 });
    await expect.poll(() => redis.exists(`${prefix}:webhooks:${id}`)).toBe(0);
  }
  expect(ends).toHaveLength(2);
});

test('a delivery waits for the end of its prediction only while it sleeps', async () => {
  const { wait } = waits;
  const waiting: Promise<unknown>[] = [];
  waits.wait = (...args) => {
    const end = wait(...args);
    waiting.push(end);
    return end;
  };
  await recordAt(0);
  await expect.poll(outcomes).toEqual(['delivered']);
  state = null;
  await recordAt(90_000);
  await expect.poll(outcomes).toEqual(['delivered', 'dropped']);
  expect(await Promise.all(waiting)).toEqual([null, null]);
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
  expect(deliveries.of(jobId, [image(), { refused: canceled.error }])).toBeNull();
  const recorded = deliveries.of(jobId, [image(), image('https://example.com/')]);
  await recorded?.record();
  const id = ids.at({ jobId, index: 1 });
  expect((await queue.getJobs()).map((job) => [job.id, job.data])).toEqual([
    [id, { url: 'https://example.com/' }],
  ]);
  await recorded?.takeBack();
  expect(await queue.getJobs()).toEqual([]);
});
