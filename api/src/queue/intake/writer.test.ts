import { randomUUID } from 'node:crypto';
import { createUploads, type UploadLimits, type Uploads } from '@inkqueue/shared/node/uploads';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createJobQueue, type JobQueue, queuePosition } from '../bullmq.ts';
import type { Priority, Submission } from './image.ts';
import { createJobWriter, type JobWriter } from './writer.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
// Each test's writer listens to it.
redis.setMaxListeners(50);
let limits: UploadLimits;
const refused = { code: 'too-large', detail: 'Too many bytes.', retryable: false } as const;
const image = (text: string): Submission => ({ bytes: Buffer.from(text), preview: false, release: () => {} });

let prefix: string;
let queue: JobQueue;
let uploads: Uploads;
let writer: JobWriter;
let hasRoom: boolean;
let isDrained: boolean;
let rate: number | null;
let added: unknown[];

beforeEach(() => {
  limits = { maxCount: 3, maxBytes: 100 };
  hasRoom = true;
  isDrained = false;
  rate = null;
  added = [];
  prefix = `test-${randomUUID()}`;
  queue = createJobQueue({ connection: redis, prefix, retention: { ageSeconds: 60, count: 10 } });
  uploads = createUploads({ connection: redis, prefix });
  writer = createWriter();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await queue.obliterate({ force: true });
  await queue.close();
});
afterAll(async () => {
  await redis.quit();
});

const createWriter = (options: { connection?: Redis; limits?: UploadLimits } = {}) =>
  createJobWriter({
    connection: redis,
    prefix,
    queue,
    uploads,
    counts: { add: (name, count) => void added.push([name, count]) },
    limits,
    rates: { predictionsPerSecond: () => rate },
    memory: { hasRoomForUploads: () => hasRoom, note: () => {} },
    drain: { isDrained: () => isDrained },
    ...options,
  });
const write = (jobId: string, submissions: Submission[], priority: Priority) =>
  writer.write(jobId, submissions, priority, { together: true });
const position = (jobId: string) => queuePosition({ connection: redis, prefix, jobId });

test('a job holds the size of each image, and the bytes lie beside it', async () => {
  await write('a', [image('one'), { refused }, image('three')], 'waiting');
  const job = await queue.getJob('a');
  expect(job?.data).toMatchObject({ owner: 'everyone', pictures: [{ bytes: 3 }, { refused }, { bytes: 5 }] });
  expect(await uploads.read('a', 3)).toEqual([Buffer.from('one'), null, Buffer.from('three')]);
  expect(added).toEqual([['accepted', 3]]);
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

test('where there is much room, a job does not wait until its images are stored', async () => {
  limits.maxCount = 100;
  await write('a', [image('1')], 'waiting');
  const { store } = uploads;
  let confirm = () => {};
  const confirmed = new Promise<void>((resolve) => {
    confirm = resolve;
  });
  vi.spyOn(uploads, 'store').mockImplementation(async (...args) => {
    const stored = await store(...args);
    await confirmed;
    return stored;
  });
  const written = write('b', [image('2')], 'waiting');
  await vi.waitUntil(() => position('b').then((at) => at !== null));
  confirm();
  await written;
  expect(await uploads.read('b', 1)).toEqual([Buffer.from('2')]);
  expect(added).toHaveLength(2);
});

test('a job that others may know of waits until its images are stored', async () => {
  limits.maxCount = 100;
  await write('a', [image('1')], 'waiting');
  vi.spyOn(uploads, 'store').mockImplementation(() => Promise.reject(new Error('no memory')));
  const add = vi.spyOn(queue, 'add');
  await expect(writer.write('b', [image('2')], 'waiting')).rejects.toThrow('no memory');
  expect(add).not.toHaveBeenCalled();
});

test('a job whose images could not be stored does not stay', async () => {
  limits.maxCount = 100;
  await write('a', [image('1')], 'waiting');
  await redis.set(`${prefix}:uploads:b`, 'not a hash');
  await expect(write('b', [image('2')], 'waiting')).rejects.toThrow('WRONGTYPE');
  expect(await queue.getJob('b')).toBeUndefined();
  expect(added).toHaveLength(1);
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

test('images of a job that Redis added without saying so stay for the worker', async () => {
  const add = queue.add.bind(queue);
  vi.spyOn(queue, 'add').mockImplementationOnce(async (...args) => {
    await add(...args);
    throw new Error('Command timed out');
  });
  const looking = vi.spyOn(redis, 'exists');
  const deleting = vi.spyOn(uploads, 'release');
  await expect(write('a', [image('1')], 'waiting')).rejects.toThrow('Command timed out');
  await vi.waitFor(() => expect(looking).toHaveReturnedTimes(1));
  await looking.mock.results[0]!.value;
  expect(deleting).not.toHaveBeenCalled();
  expect(await uploads.read('a', 1)).toEqual([Buffer.from('1')]);
});

test('images of a job that could not be added while Redis was away are deleted once Redis is back', async () => {
  const away = new Redis(process.env.TEST_REDIS_URL!, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  await new Promise((ready) => away.once('ready', ready));
  const cut = createWriter({ connection: away });
  vi.spyOn(queue, 'add').mockImplementationOnce(async () => {
    away.stream.destroy();
    await new Promise((closed) => away.once('close', closed));
    throw new Error('Connection is closed.');
  });
  await expect(cut.write('a', [image('1')], 'waiting')).rejects.toThrow('Connection is closed.');
  await expect.poll(() => uploads.read('a', 1)).toEqual([null]);
  away.disconnect();
});

test('clients that wait go before clients that poll, and both before batches', async () => {
  await write('batch', [image('1')], 'batch');
  await write('polling', [image('2')], 'polling');
  await write('waiting', [image('3')], 'waiting');
  const order = ['waiting', 'polling', 'batch'];
  expect(await Promise.all(order.map(position))).toEqual([0, 1, 2]);
});

test('single images that take turns go after those that do not, and before batches', async () => {
  limits.maxCount = 100;
  for (const priority of ['batch', 'polling', 'waiting'] as const) {
    await writer.write(`${priority} turn 0`, [image('1')], priority, { turn: 0 });
    await writer.write(`${priority} turn 1`, [image('1')], priority, { turn: 1 });
    await writer.write(priority, [image('1')], priority);
  }
  const jobs = [
    'waiting',
    'polling',
    'waiting turn 0',
    'waiting turn 1',
    'polling turn 0',
    'polling turn 1',
    'batch turn 0',
    'batch',
    'batch turn 1',
  ];
  expect(await Promise.all(jobs.map(position))).toEqual([...jobs.keys()]);
  expect(await writer.turn('waiting')).toBe(0);
  await queue.remove('waiting turn 0');
  expect(await writer.turn('waiting')).toBe(1);
  await queue.remove('waiting turn 1');
  expect(await writer.turn('waiting')).toBe(0);
});

test('the jobs of batches take turns, and a batch begins with the turn that the others have come to', async () => {
  writer = createWriter({ limits: { maxCount: 100, maxBytes: 100_000 } });
  const order = async () => (await queue.getJobs(['prioritized'], 0, -1, true)).map((job) => job.id);
  const add = async (batch: string, count: number) => {
    const turn = await writer.turn('batch');
    for (let i = 0; i < count; i++)
      await writer.write(`${batch}${i}`, [image('1')], 'batch', { turn: turn + i });
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

test('while the queue is drained nothing is taken in, and nothing is kept of what was refused', async () => {
  isDrained = true;
  await expect(write('a', [image('one')], 'waiting')).rejects.toMatchObject({
    code: 'drained',
    retryAfterS: 60,
  });
  expect(await queue.getJob('a')).toBeUndefined();
  expect(await uploads.held()).toEqual({ count: 0, bytes: 0 });
});
