import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createUploads, type UploadLimits, type Uploads } from './uploads.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!);
let prefix: string;
let uploads: Uploads;
const limits: UploadLimits = { maxCount: 3, maxBytes: 100, ttlMs: 60_000 };

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  uploads = createUploads({ connection: redis, prefix });
});
afterAll(async () => {
  await redis.quit();
});

/** The books: number, bytes, and whether each entry has its size. */
async function books() {
  const [ids, sizes, total] = await Promise.all([
    redis.zrange(`${prefix}:uploads:expiries`, '0', '-1'),
    redis.hgetall(`${prefix}:uploads:sizes`),
    redis.get(`${prefix}:uploads:bytes`),
  ]);
  expect(Object.keys(sizes).sort()).toEqual(ids.sort());
  return { count: ids.length, bytes: Number(total ?? 0) };
}

const store = (id: string, size: number, change: Partial<UploadLimits> = {}) =>
  uploads.store(id, Buffer.alloc(size), { ...limits, ...change });

test('stores bytes as they are, under their time to live', async () => {
  const bytes = Buffer.from([0, 255, 10, 13, 0, 128]);
  expect(await uploads.store('a', bytes, limits)).toBe(true);
  expect(await uploads.read('a')).toEqual(bytes);
  const left = await redis.pttl(`${prefix}:upload:a`);
  expect(left).toBeGreaterThan(limits.ttlMs - 10_000);
  expect(left).toBeLessThanOrEqual(limits.ttlMs);
});

test('what was never stored reads as null', async () => {
  expect(await uploads.read('none')).toBeNull();
});

test('refuses one beyond the number, and stores nothing of it', async () => {
  for (const id of ['a', 'b', 'c']) expect(await store(id, 1)).toBe(true);
  expect(await store('d', 1)).toBe(false);
  expect(await uploads.read('d')).toBeNull();
  expect(await books()).toEqual({ count: 3, bytes: 3 });
});

test('takes bytes up to the bound exactly, and none beyond', async () => {
  expect(await store('a', 60)).toBe(true);
  expect(await store('b', 41)).toBe(false);
  expect(await store('b', 40)).toBe(true);
  expect(await store('c', 1)).toBe(false);
  expect(await books()).toEqual({ count: 2, bytes: 100 });
});

test('many at once never pass the bounds', async () => {
  const stored = await Promise.all(Array.from({ length: 50 }, (_, i) => store(`${i}`, 30)));
  expect(stored.filter(Boolean)).toHaveLength(3);
  expect(await books()).toEqual({ count: 3, bytes: 90 });
});

test('releasing makes room; releasing twice, or what never was, changes nothing', async () => {
  await store('a', 60);
  await store('b', 40);
  await uploads.release('a');
  expect(await uploads.read('a')).toBeNull();
  expect(await books()).toEqual({ count: 1, bytes: 40 });
  await uploads.release('a');
  await uploads.release('none');
  expect(await books()).toEqual({ count: 1, bytes: 40 });
  expect(await store('c', 60)).toBe(true);
});

test('an expired one leaves the books at the next store, and its late release changes nothing', async () => {
  await store('a', 90, { ttlMs: 1 });
  await expect.poll(() => uploads.read('a')).toBeNull();
  expect(await store('b', 90)).toBe(true);
  expect(await books()).toEqual({ count: 1, bytes: 90 });
  await uploads.release('a');
  expect(await books()).toEqual({ count: 1, bytes: 90 });
});

test('expired ones make room even for a store that is refused', async () => {
  await Promise.all(Array.from({ length: 3 }, (_, i) => store(`${i}`, 1, { ttlMs: 1 })));
  await expect.poll(() => redis.keys(`${prefix}:upload:*`)).toEqual([]);
  expect(await store('large', 101)).toBe(false);
  expect(await books()).toEqual({ count: 0, bytes: 0 });
});

test('an abandoned one is released', async () => {
  await store('a', 60);
  uploads.abandon('a');
  await expect.poll(() => uploads.read('a')).toBeNull();
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
  await expect.poll(() => uploads.read('a')).toBeNull();
  away.disconnect();
});
