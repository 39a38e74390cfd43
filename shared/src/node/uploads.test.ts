import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createUploads, type UploadLimits, type Uploads } from './uploads.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!);
// Each test's uploads listen on it.
redis.setMaxListeners(0);
let prefix: string;
let uploads: Uploads;
const limits = { maxCount: 3, maxBytes: 100, ttlMs: 60_000, whole: true } satisfies UploadLimits & {
  whole: boolean;
};

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  uploads = createUploads({ connection: redis, prefix });
});
afterAll(async () => {
  await redis.quit();
});

/** The books: pictures and bytes, which agree with the size of each job. */
async function books() {
  const [ids, sizes, held] = await Promise.all([
    redis.zrange(`${prefix}:uploads-expiries`, '0', '-1'),
    redis.hgetall(`${prefix}:uploads-sizes`),
    uploads.held(),
  ]);
  expect(Object.keys(sizes).sort()).toEqual(ids.sort());
  const jobs = Object.values(sizes).map((size) => size.split(' ').map(Number));
  const sum = (at: number) => jobs.reduce((total, size) => total + size[at]!, 0);
  expect(held).toEqual({ count: sum(0), bytes: sum(1) });
  return held;
}

const pictures = (...sizes: number[]) => new Map(sizes.map((size, index) => [index, Buffer.alloc(size)]));
const store = (jobId: string, size: number, change: Partial<UploadLimits> = {}) =>
  uploads.store(jobId, pictures(size), { ...limits, ...change });
/** The bytes of a job of one picture. */
const read = async (jobId: string) => (await uploads.read(jobId, 1))[0];

test('stores bytes as they are, under their time to live', async () => {
  const bytes = Buffer.from([0, 255, 10, 13, 0, 128]);
  expect(await uploads.store('a', new Map([[0, bytes]]), limits)).toBe(1);
  expect(await read('a')).toEqual(bytes);
  const left = await redis.pttl(`${prefix}:uploads:a`);
  expect(left).toBeGreaterThan(limits.ttlMs - 10_000);
  expect(left).toBeLessThanOrEqual(limits.ttlMs);
});

test('what was never stored reads as null', async () => {
  expect(await read('none')).toBeNull();
});

test('each picture of a job is read at its index; one that was refused before has none', async () => {
  const [first, third] = [Buffer.from('first'), Buffer.alloc(0)];
  const given = new Map([
    [0, first],
    [2, third],
  ]);
  expect(await uploads.store('a', given, limits)).toBe(2);
  expect(await uploads.read('a', 4)).toEqual([first, null, third, null]);
  expect(await books()).toEqual({ count: 2, bytes: 5 });
});

test('a job without any bytes takes no room, and gives none back', async () => {
  expect(await store('a', 100)).toBe(1);
  expect(await uploads.store('b', new Map(), limits)).toBe(0);
  expect(await uploads.read('b', 2)).toEqual([null, null]);
  expect(await books()).toEqual({ count: 1, bytes: 100 });
  await uploads.release('b');
  expect(await books()).toEqual({ count: 1, bytes: 100 });
});

test('a job that is wanted whole is taken or refused as a whole', async () => {
  expect(await uploads.store('a', pictures(1, 1), limits)).toBe(2);
  expect(await uploads.store('b', pictures(1, 1), limits)).toBe(0);
  expect(await uploads.read('b', 2)).toEqual([null, null]);
  expect(await uploads.store('c', pictures(99, 1), { ...limits, maxCount: 9 })).toBe(0);
  expect(await books()).toEqual({ count: 2, bytes: 2 });
  await uploads.release('a');
  expect(await books()).toEqual({ count: 0, bytes: 0 });
  expect(await uploads.store('b', pictures(40, 30, 30), limits)).toBe(3);
  expect(await books()).toEqual({ count: 3, bytes: 100 });
});

test.each([
  ['number', [1, 1, 1, 1], 3],
  ['bytes', [60, 40, 1], 2],
  ['bytes, though a later one would fit', [60, 41, 1], 1],
  ['bytes, by the first already', [101, 1], 0],
])('else its first pictures are taken, up to the bound on the %s', async (_, sizes, taken) => {
  expect(await uploads.store('a', pictures(...sizes), { ...limits, whole: false })).toBe(taken);
  const kept = (await uploads.read('a', sizes.length)).map((bytes) => bytes?.length ?? null);
  expect(kept).toEqual(sizes.map((size, index) => (index < taken ? size : null)));
  expect(await books()).toEqual({
    count: taken,
    bytes: sizes.slice(0, taken).reduce((sum, size) => sum + size, 0),
  });
  await uploads.release('a');
  expect(await books()).toEqual({ count: 0, bytes: 0 });
});

test('refuses one beyond the number, and stores nothing of it', async () => {
  for (const id of ['a', 'b', 'c']) expect(await store(id, 1)).toBe(1);
  expect(await store('d', 1)).toBe(0);
  expect(await read('d')).toBeNull();
  expect(await books()).toEqual({ count: 3, bytes: 3 });
});

test('takes bytes up to the bound exactly, and none beyond', async () => {
  expect(await store('a', 60)).toBe(1);
  expect(await store('b', 41)).toBe(0);
  expect(await store('b', 40)).toBe(1);
  expect(await store('c', 1)).toBe(0);
  expect(await books()).toEqual({ count: 2, bytes: 100 });
});

test('many at once never pass the bounds', async () => {
  const stored = await Promise.all(Array.from({ length: 50 }, (_, i) => store(`${i}`, 30)));
  expect(stored.filter((taken) => taken === 1)).toHaveLength(3);
  expect(await books()).toEqual({ count: 3, bytes: 90 });
});

test('releasing makes room; releasing twice, or what never was, changes nothing', async () => {
  await store('a', 60);
  await store('b', 40);
  await uploads.release('a');
  expect(await read('a')).toBeNull();
  expect(await books()).toEqual({ count: 1, bytes: 40 });
  await uploads.release('a');
  await uploads.release('none');
  expect(await books()).toEqual({ count: 1, bytes: 40 });
  expect(await store('c', 60)).toBe(1);
});

test('an expired one leaves the books at the next store, and its late release changes nothing', async () => {
  await store('a', 90, { ttlMs: 1 });
  await expect.poll(() => read('a')).toBeNull();
  expect(await store('b', 90)).toBe(1);
  expect(await books()).toEqual({ count: 1, bytes: 90 });
  await uploads.release('a');
  expect(await books()).toEqual({ count: 1, bytes: 90 });
});

test('expired ones make room even for a store that is refused', async () => {
  await Promise.all(Array.from({ length: 3 }, (_, i) => store(`${i}`, 1, { ttlMs: 1 })));
  await expect.poll(() => redis.keys(`${prefix}:uploads:*`)).toEqual([]);
  expect(await store('large', 101)).toBe(0);
  expect(await books()).toEqual({ count: 0, bytes: 0 });
});

test('an abandoned one is released', async () => {
  await store('a', 60);
  uploads.abandon('a');
  await expect.poll(() => read('a')).toBeNull();
  expect(await books()).toEqual({ count: 0, bytes: 0 });
});

test('what is abandoned while Redis is away is released once it is back', async () => {
  await store('a', 60);
  const away = new Redis(process.env.TEST_REDIS_URL!, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  await new Promise((ready) => away.once('ready', ready));
  const cut = createUploads({ connection: away, prefix });
  away.stream.destroy();
  await new Promise((closed) => away.once('close', closed));
  cut.abandon('a');
  await expect.poll(() => read('a')).toBeNull();
  away.disconnect();
});
