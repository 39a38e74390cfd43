import { randomUUID } from 'node:crypto';
import { createQueue, type PredictionQueue, queuePosition } from '@inkqueue/shared/node/queue';
import { createUploads, type UploadLimits, type Uploads } from '@inkqueue/shared/node/uploads';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createJobWriter, type JobEntry, type JobWriter, type Urgency } from './job-writer.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
const limits: UploadLimits = { maxCount: 3, maxBytes: 100, ttlMs: 60_000 };
const refused = { code: 'too-large', detail: 'Too many bytes.', retryable: false } as const;
const picture = (text: string): JobEntry => ({ bytes: Buffer.from(text) });

let prefix: string;
let queue: PredictionQueue;
let uploads: Uploads;
let writer: JobWriter;

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  queue = createQueue({ connection: redis, prefix, retention: { ageSeconds: 60, count: 10 } });
  uploads = createUploads({ connection: redis, prefix });
  writer = createJobWriter({ queue, uploads, limits });
});
afterEach(async () => {
  await queue.obliterate({ force: true });
  await queue.close();
});
afterAll(async () => {
  await redis.quit();
});

const write = (jobId: string, entries: JobEntry[], urgency: Urgency, whole = true) =>
  writer.write(jobId, entries, { urgency, whole });
const position = (jobId: string) => queuePosition({ connection: redis, prefix, jobId });

test('a job holds what each picture is, and its bytes lie beside it', async () => {
  expect(await write('a', [picture('one'), { refused }, picture('three')], 'waiting')).toBe(3);
  const job = await queue.getJob('a');
  expect(job?.data).toEqual({ pictures: [{ bytes: 3 }, { refused }, { bytes: 5 }] });
  expect(await uploads.read('a', 3)).toEqual([Buffer.from('one'), null, Buffer.from('three')]);
});

test('a picture whose sender wants to see what the network saw says so in the job', async () => {
  await write(
    'a',
    [
      { bytes: Buffer.of(1), preview: true },
      { bytes: Buffer.of(2), preview: false },
    ],
    'waiting',
  );
  expect((await queue.getJob('a'))?.data).toEqual({ pictures: [{ bytes: 1, preview: true }, { bytes: 1 }] });
});

test('a job that finds no room is refused, and nothing of it is kept', async () => {
  await write('a', [picture('1'), picture('2')], 'waiting');
  const over = write('b', [picture('3'), picture('4')], 'waiting');
  await expect(over).rejects.toMatchObject({ code: 'queue-full' });
  expect(await queue.getJob('b')).toBeUndefined();
  expect(await uploads.read('b', 2)).toEqual([null, null]);
  expect(await uploads.held()).toEqual({ count: 2, bytes: 2 });
});

test('of a job that need not be whole the first pictures are taken; the others end as refused', async () => {
  await write('a', [picture('1')], 'waiting');
  const entries = [picture('2'), { refused }, picture('3'), picture('4'), { refused }];
  expect(await write('b', entries, 'waiting', false)).toBe(3);
  const full = { refused: expect.objectContaining({ code: 'queue-full', retryable: true }) };
  expect((await queue.getJob('b'))?.data).toEqual({
    pictures: [{ bytes: 1 }, { refused }, { bytes: 1 }, full, { refused }],
  });
  expect(await uploads.read('b', 5)).toEqual([Buffer.from('2'), null, Buffer.from('3'), null, null]);
  expect(await uploads.held()).toEqual({ count: 3, bytes: 3 });
});

test('a job of which nothing is taken is refused, whole or not', async () => {
  await write('a', [picture('1'), picture('2'), picture('3')], 'waiting');
  const over = write('b', [picture('4')], 'waiting', false);
  await expect(over).rejects.toMatchObject({ code: 'queue-full' });
  expect(await queue.getJob('b')).toBeUndefined();
});

test('a job whose pictures were all refused needs no room', async () => {
  await write('a', [picture('1'), picture('2'), picture('3')], 'waiting');
  expect(await write('b', [{ refused }], 'batch')).toBe(1);
  expect(await queue.getJobState('b')).toBe('prioritized');
});

test('pictures whose job could not be added are deleted', async () => {
  vi.spyOn(queue, 'add').mockRejectedValueOnce(new Error('Command timed out'));
  await expect(write('a', [picture('1')], 'waiting')).rejects.toThrow('Command timed out');
  await expect.poll(() => uploads.read('a', 1)).toEqual([null]);
  expect(await uploads.held()).toEqual({ count: 0, bytes: 0 });
});

test('pictures whose storing failed are deleted, as they may have been stored all the same', async () => {
  const { store } = uploads;
  vi.spyOn(uploads, 'store').mockImplementationOnce(async (...args) => {
    await store(...args);
    throw new Error('Command timed out');
  });
  await expect(write('a', [picture('1')], 'waiting')).rejects.toThrow('Command timed out');
  await expect.poll(() => uploads.read('a', 1)).toEqual([null]);
  expect(await queue.getJob('a')).toBeUndefined();
});

test('who waits goes before who polls, and both before batches', async () => {
  await write('batch', [picture('1')], 'batch');
  await write('polling', [picture('2')], 'polling');
  await write('waiting', [picture('3')], 'waiting');
  const order = ['waiting', 'polling', 'batch'];
  expect(await Promise.all(order.map(position))).toEqual([0, 1, 2]);
});
