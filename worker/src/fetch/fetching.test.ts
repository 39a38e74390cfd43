import { randomUUID } from 'node:crypto';
import type { JobData, StoredJobResult } from '@inkqueue/shared/contracts/job';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { createUploads, type Uploads } from '@inkqueue/shared/node/uploads';
import { Queue, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { FetchError } from './fetch-error.ts';
import { fetchFirst } from './fetching.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
const ADDRESS = 'https://images.test/7.png';
const IMAGE = Buffer.from('an image');
let prefix: string;
let queue: Queue<JobData, StoredJobResult, 'predict'>;
let events: QueueEvents;
let uploads: Uploads;
let worker: Worker<JobData, StoredJobResult, 'predict'> | null;

beforeEach(async () => {
  prefix = `test-${randomUUID()}`;
  queue = new Queue(QUEUE_NAME, { connection: redis, prefix });
  events = new QueueEvents(QUEUE_NAME, { connection: redis.duplicate(), prefix });
  await events.waitUntilReady();
  uploads = createUploads({ connection: redis, prefix });
  worker = null;
});
afterEach(async () => {
  await worker?.close();
  await events.close();
  await queue.obliterate({ force: true });
  await queue.close();
});
afterAll(async () => {
  await redis.quit();
});

/** Starts a worker that says what it was given to read: the bytes, or why there are none. */
function start(fetchImage: ((address: string) => Promise<Buffer>) | null): void {
  const process = fetchFirst({
    async run(job) {
      const [bytes] = await uploads.read(job.id!, 1);
      const [picture] = job.data.pictures;
      const said = picture && 'refused' in picture ? picture.refused.code : String(bytes);
      return { said, heavy: job.data.heavy } as unknown as StoredJobResult;
    },
    fetchImage,
    timeoutMs: 500,
    maxBytes: 10_000,
    uploads,
    log: { warn: () => {} },
  });
  worker = new Worker(QUEUE_NAME, process, { connection: redis.duplicate(), prefix, concurrency: 1 });
}

async function add(jobId: string, bytes: Buffer, isAddress: boolean) {
  await uploads.store(jobId, new Map([[0, bytes]]), { maxCount: 100, maxBytes: 10_000 });
  const data: JobData = {
    pictures: [{ bytes: bytes.length }],
    ...(isAddress && { address: true as const }),
  };
  return queue.add('predict', data, { jobId });
}

test('the job comes back with its image, whose bytes are on the books', async () => {
  start(async (address) => {
    expect(address).toBe(ADDRESS);
    return IMAGE;
  });
  const job = await add('a', Buffer.from(ADDRESS), true);
  expect(await job.waitUntilFinished(events)).toMatchObject({ said: 'an image' });
  expect(await uploads.held()).toEqual({ count: 1, bytes: IMAGE.length });
});

test('what cannot be fetched is refused by name, and where nothing is fetched, that', async () => {
  start(async () => Promise.reject(new FetchError('fetch-failed', 'The server answered 404.')));
  const job = await add('a', Buffer.from(ADDRESS), true);
  expect(await job.waitUntilFinished(events)).toMatchObject({ said: 'fetch-failed' });
  await worker?.close();
  start(null);
  const other = await add('b', Buffer.from(ADDRESS), true);
  expect(await other.waitUntilFinished(events)).toMatchObject({ said: 'fetch-refused' });
});

test('no more is fetched into Redis than the queue may hold', async () => {
  start(async () => Buffer.alloc(9_990));
  const [first, second] = [
    await add('a', Buffer.from(ADDRESS), true),
    await add('b', Buffer.from(ADDRESS), true),
  ];
  await first.waitUntilFinished(events);
  expect(await second.waitUntilFinished(events)).toMatchObject({ said: 'queue-full' });
});

test('a slow server delays nobody else', async () => {
  let answer!: (image: Buffer) => void;
  start(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  const slow = await add('slow', Buffer.from(ADDRESS), true);
  await expect.poll(() => slow.getState()).toBe('delayed');
  const quick = await add('quick', Buffer.from('sent'), false);
  expect(await quick.waitUntilFinished(events)).toMatchObject({ said: 'sent' });
  answer(IMAGE);
  expect(await slow.waitUntilFinished(events)).toMatchObject({ said: 'an image' });
});

test('one that was canceled before its fetch began comes back once, without it', async () => {
  let fetched = 0;
  start(async () => {
    fetched++;
    return IMAGE;
  });
  await worker!.pause();
  const job = await add('a', Buffer.from(ADDRESS), true);
  await redis.hset(`${prefix}:uploads:a`, '0', '');
  worker!.resume();
  expect(await job.waitUntilFinished(events)).toMatchObject({ said: '' });
  expect(fetched).toBe(0);
});

test('one that was canceled meanwhile stays so', async () => {
  let answer!: (image: Buffer) => void;
  start(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  const job = await add('a', Buffer.from(ADDRESS), true);
  await expect.poll(() => job.getState()).toBe('delayed');
  await redis.hset(`${prefix}:uploads:a`, '0', '');
  answer(IMAGE);
  await job.waitUntilFinished(events);
  expect(await uploads.read('a', 1)).toEqual([Buffer.alloc(0)]);
});
