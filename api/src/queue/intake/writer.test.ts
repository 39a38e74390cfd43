import { randomUUID } from 'node:crypto';
import { createUploads, type UploadLimits, type Uploads } from '@inkqueue/shared/node/uploads';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createJobQueue, type JobQueue, queuePosition } from '../bullmq.ts';
import type { Priority, Submission } from './image.ts';
import { createJobWriter, type JobWriter } from './writer.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
const limits: UploadLimits = { maxCount: 3, maxBytes: 100 };
const refused = { code: 'too-large', detail: 'Too many bytes.', retryable: false } as const;
const image = (text: string): Submission => ({ bytes: Buffer.from(text), preview: false, release: () => {} });

let prefix: string;
let queue: JobQueue;
let uploads: Uploads;
let writer: JobWriter;
let hasRoom: boolean;
let rate: number | null;

beforeEach(() => {
  hasRoom = true;
  rate = null;
  prefix = `test-${randomUUID()}`;
  queue = createJobQueue({ connection: redis, prefix, retention: { ageSeconds: 60, count: 10 } });
  uploads = createUploads({ connection: redis, prefix });
  writer = createJobWriter({
    connection: redis,
    prefix,
    queue,
    uploads,
    limits,
    rates: { predictionsPerSecond: () => rate },
    memory: { hasRoomForUploads: () => hasRoom, note: () => {} },
  });
});
afterEach(async () => {
  await queue.obliterate({ force: true });
  await queue.close();
});
afterAll(async () => {
  await redis.quit();
});

const write = (jobId: string, submissions: Submission[], priority: Priority) =>
  writer.write(jobId, submissions, priority);
const position = (jobId: string) => queuePosition({ connection: redis, prefix, jobId });

test('a job holds the size of each image, and the bytes lie beside it', async () => {
  await write('a', [image('one'), { refused }, image('three')], 'waiting');
  const job = await queue.getJob('a');
  expect(job?.data).toMatchObject({ owner: 'everyone', pictures: [{ bytes: 3 }, { refused }, { bytes: 5 }] });
  expect(await uploads.read('a', 3)).toEqual([Buffer.from('one'), null, Buffer.from('three')]);
});

test('the job says which clients want the network’s input', async () => {
  await write(
    'a',
    [
      { bytes: Buffer.of(1), preview: true, release: () => {} },
      { bytes: Buffer.of(2), preview: false, release: () => {} },
    ],
    'waiting',
  );
  expect((await queue.getJob('a'))?.data.pictures).toEqual([{ bytes: 1, preview: true }, { bytes: 1 }]);
});

test('the job says how many digits clients expect, where they say so', async () => {
  const plain = { bytes: Buffer.of(1), preview: false, release: () => {} };
  await write('a', [plain, { ...plain, expect: 'auto' }, { ...plain, expect: 'many' }], 'waiting');
  const pictures = [{ bytes: 1 }, { bytes: 1 }, { bytes: 1, expect: 'many' }];
  expect((await queue.getJob('a'))?.data.pictures).toEqual(pictures);
});

test('a job that finds no room is refused, and nothing of it is kept', async () => {
  await write('a', [image('1'), image('2'), image('3'), image('4')], 'waiting');
  const over = write('b', [image('5'), image('6')], 'waiting');
  await expect(over).rejects.toMatchObject({ code: 'queue-full', retryAfterS: 60 });
  expect(await queue.getJob('b')).toBeUndefined();
  expect(await uploads.read('b', 2)).toEqual([null, null]);
  expect(await uploads.held()).toEqual({ count: 4, bytes: 4 });
});

test('a refusal names how many images wait, and when they will have been read', async () => {
  await write('a', [image('1'), image('2'), image('3'), image('4')], 'waiting');
  const refusal = async (perSecond: number) => {
    rate = perSecond;
    return write('b', [image('5')], 'waiting').catch((error: unknown) => error);
  };
  expect(await refusal(0.5)).toMatchObject({ code: 'queue-full', waiting: 4, retryAfterS: 8 });
  expect(await refusal(4_000)).toMatchObject({ waiting: 4, retryAfterS: 1 });
  expect(await refusal(0.001)).toMatchObject({ waiting: 4, retryAfterS: 60 });
});

test('no job is taken while Redis is nearly full', async () => {
  hasRoom = false;
  await expect(write('a', [image('1')], 'waiting')).rejects.toMatchObject({ code: 'queue-full' });
  expect(await uploads.held()).toEqual({ count: 0, bytes: 0 });
});

test('a job whose images were all refused takes up room: its outcomes need it', async () => {
  await write('a', [{ refused }, { refused }, { refused }], 'batch');
  expect(await uploads.held()).toEqual({ count: 3, bytes: 0 });
  await expect(write('b', [{ refused }], 'batch')).rejects.toMatchObject({ code: 'queue-full' });
});

test('images whose job could not be added are deleted', async () => {
  vi.spyOn(queue, 'add').mockRejectedValueOnce(new Error('Command timed out'));
  await expect(write('a', [image('1')], 'waiting')).rejects.toThrow('Command timed out');
  await expect.poll(() => uploads.read('a', 1)).toEqual([null]);
  expect(await uploads.held()).toEqual({ count: 0, bytes: 0 });
});

test('images that could not be stored are deleted, as Redis may have stored them all the same', async () => {
  const { store } = uploads;
  vi.spyOn(uploads, 'store').mockImplementationOnce(async (...args) => {
    await store(...args);
    throw new Error('Command timed out');
  });
  await expect(write('a', [image('1')], 'waiting')).rejects.toThrow('Command timed out');
  await expect.poll(() => uploads.read('a', 1)).toEqual([null]);
  expect(await queue.getJob('a')).toBeUndefined();
});

test('clients that wait go before clients that poll, and both before batches', async () => {
  await write('batch', [image('1')], 'batch');
  await write('polling', [image('2')], 'polling');
  await write('waiting', [image('3')], 'waiting');
  const order = ['waiting', 'polling', 'batch'];
  expect(await Promise.all(order.map(position))).toEqual([0, 1, 2]);
});

test('the jobs of batches take turns, and a batch begins with the turn that the others have come to', async () => {
  const limits = { maxCount: 100, maxBytes: 100_000 };
  writer = createJobWriter({
    connection: redis,
    prefix,
    queue,
    uploads,
    limits,
    rates: { predictionsPerSecond: () => rate },
    memory: { hasRoomForUploads: () => true, note: () => {} },
  });
  const order = async () => (await queue.getJobs(['prioritized'], 0, -1, true)).map((job) => job.id);
  const add = async (batch: string, count: number) => {
    const turn = await writer.turn('batch');
    for (let i = 0; i < count; i++) await writer.write(`${batch}${i}`, [image('1')], 'batch', turn + i);
  };
  await add('a', 5);
  await add('b', 2);
  await writer.write('low', [image('1')], 'batch-low');
  await writer.write('polled', [image('1')], 'polling');
  await writer.write('polled-low', [image('1')], 'polling-low');
  expect(await order()).toEqual(['polled', 'polled-low', 'a0', 'b0', 'a1', 'b1', 'a2', 'a3', 'a4', 'low']);
  // Two turns on, a batch that comes then does not go before what is left of the first.
  for (const taken of ['a0', 'b0', 'a1', 'b1']) await queue.remove(taken);
  await add('c', 3);
  expect(await order()).toEqual(['polled', 'polled-low', 'a2', 'c0', 'a3', 'c1', 'a4', 'c2', 'low']);
  await queue.drain();
  expect(await writer.turn('batch')).toBe(0);
});
