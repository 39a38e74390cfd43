import { randomUUID } from 'node:crypto';
import { createUploads, type UploadLimits } from '@inkqueue/shared/node/uploads';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createJobQueue } from '../bullmq.ts';
import { createJobWriter } from './writer.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
const prefix = `test-${randomUUID()}`;
const queue = createJobQueue({ connection: redis, prefix, retention: { ageSeconds: 60, count: 10 } });
const uploads = createUploads({ connection: redis, prefix });
const { store } = uploads;
const add = queue.add.bind(queue);

/** What a writer did whose jobs all have a delivery, in its order. */
let steps: string[];
let limits: UploadLimits;
const step = (name: string) => async () => void steps.push(name);

beforeEach(() => {
  steps = [];
  vi.spyOn(uploads, 'store').mockImplementation((...args) => {
    steps.push('store');
    return store(...args);
  });
  vi.spyOn(queue, 'add').mockImplementation((...args) => {
    steps.push('add');
    return add(...args);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await queue.obliterate({ force: true });
});
afterAll(async () => {
  await queue.close();
  await redis.quit();
});

const write = (jobId: string, { together = false } = {}) =>
  createJobWriter({
    connection: redis,
    prefix,
    queue,
    uploads,
    counts: { add: () => {} },
    limits,
    rates: { predictionsPerSecond: () => null },
    memory: { hasRoomForUploads: () => true, note: () => {} },
    drain: { isDrained: () => false },
    deliveries: { of: () => ({ record: step('record'), takeBack: step('take back') }) },
  }).write(jobId, [{ bytes: Buffer.of(1), preview: false, release() {} }], 'waiting', { together });

test('a delivery is recorded before its job, and after images that may find no room', async () => {
  limits = { maxCount: 1, maxBytes: 100 };
  await write('a');
  expect(steps).toEqual(['store', 'record', 'add']);
  steps = [];
  await expect(write('b')).rejects.toMatchObject({ code: 'queue-full' });
  expect(steps).toEqual(['store']);
});

test('the delivery of a job that could not be added is taken back', async () => {
  limits = { maxCount: 100, maxBytes: 100 };
  await write('a');
  for (const together of [true, false]) {
    steps = [];
    vi.spyOn(queue, 'add').mockRejectedValueOnce(new Error('the script failed'));
    await expect(write('b', { together })).rejects.toThrow('script');
    const taken = together ? ['record', 'store'] : ['store', 'record'];
    await expect.poll(() => steps).toEqual([...taken, 'take back']);
  }
});
