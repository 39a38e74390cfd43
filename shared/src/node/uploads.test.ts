import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createUploads, type UploadLimits, type Uploads } from './uploads.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!);
// Each test's uploads listen on it.
redis.setMaxListeners(0);
let prefix: string;
let uploads: Uploads;
const limits: UploadLimits = { maxCount: 3, maxBytes: 100 };

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  uploads = createUploads({ connection: redis, prefix });
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  await redis.quit();
});

/** The books: images and bytes, which agree with the size of each job. */
async function books() {
  const [sizes, held] = await Promise.all([redis.hgetall(`${prefix}:uploads-sizes`), uploads.held()]);
  const jobs = Object.values(sizes).map((size) => size.split(' ').map(Number));
  const sum = (at: number) => jobs.reduce((total, size) => total + size[at]!, 0);
  expect(held).toEqual({ count: sum(0), bytes: sum(1) });
  return held;
}

const images = (...sizes: number[]) => new Map(sizes.map((size, index) => [index, Buffer.alloc(size)]));
const store = (jobId: string, size: number, change: Partial<UploadLimits> = {}) =>
  uploads.store(jobId, images(size), { ...limits, ...change });
/** The bytes of a job of one image. */
const read = async (jobId: string) => (await uploads.read(jobId, 1))[0];

test('bytes are stored as they are, for as long as their job can run', async () => {
  const bytes = Buffer.from([0, 255, 10, 13, 0, 128]);
  expect(await uploads.store('a', new Map([[0, bytes]]), limits)).toBe(true);
  expect(await read('a')).toEqual(bytes);
  expect(await redis.pttl(`${prefix}:uploads:a`)).toBe(-1);
});

test('the bytes of a large job, which go over a connection of their own, are stored and counted like those of a small one', async () => {
  const largeConnection = redis.duplicate();
  uploads = createUploads({ connection: redis, largeConnection, prefix });
  const [first, second] = [Buffer.alloc(600_000, 7), Buffer.alloc(500_000, 9)];
  const given = new Map([
    [0, first],
    [1, second],
  ]);
  expect(await uploads.store('a', given, { ...limits, maxBytes: 10_000_000 })).toBe(true);
  expect(await uploads.read('a', 2, { isLarge: true })).toEqual([first, second]);
  expect(await redis.pttl(`${prefix}:uploads:a`)).toBe(-1);
  expect(await books()).toEqual({ count: 2, bytes: 1_100_000 });
  expect(await store('b', 2_000_000, { maxBytes: 1_000_000 })).toBe(false);
  await largeConnection.quit();
});

test('a large job that Redis does not store fails with Redis’s own words, and the next one is stored', async () => {
  await redis.set(`${prefix}:uploads:a`, 'no hash');
  await expect(store('a', 2_000_000)).rejects.toThrow('WRONGTYPE');
  const username = `user-${prefix}`;
  await redis.acl('SETUSER', username, 'on', '>secret', '~*', '&*', '+@all', '-hset');
  const largeConnection = redis.duplicate({ username, password: 'secret' });
  uploads = createUploads({ connection: redis, largeConnection, prefix });
  const wide = { maxBytes: 10_000_000 };
  // Refused before the transaction begins; what is told then is not EXECABORT.
  await expect(store('b', 2_000_000, wide)).rejects.toThrow('NOPERM');
  await redis.acl('SETUSER', username, '+hset');
  expect(await store('c', 2_000_000, wide)).toBe(true);
  expect(await redis.hstrlen(`${prefix}:uploads:c`, '0')).toBe(2_000_000);
  await redis.acl('DELUSER', username);
  await largeConnection.quit().catch(() => {});
});

test('there is much room while less than half of each bound is in use; a job that is sure is stored then without asking', async () => {
  const wide = { maxCount: 4, maxBytes: 100 };
  expect(uploads.hasMuchRoom()).toBe(false);
  await store('a', 49, wide);
  expect(uploads.hasMuchRoom()).toBe(true);
  await store('b', 1, wide);
  expect(uploads.hasMuchRoom()).toBe(false);
  await store('c', 50, wide);
  expect(await store('d', 1, wide)).toBe(false);
  expect(await uploads.store('d', images(1), wide, { isSure: true })).toBe(true);
  expect(await books()).toEqual({ count: 4, bytes: 101 });
});

test('that much room is left counts for five seconds, and not where a job could not be stored', async () => {
  const wide = { maxCount: 100, maxBytes: 100 };
  vi.useFakeTimers({ toFake: ['performance'] });
  await store('a', 1, wide);
  vi.advanceTimersByTime(4_999);
  expect(uploads.hasMuchRoom()).toBe(true);
  vi.advanceTimersByTime(1);
  expect(uploads.hasMuchRoom()).toBe(false);
  vi.useRealTimers();
  await store('b', 1, wide);
  expect(uploads.hasMuchRoom()).toBe(true);
  await redis.set(`${prefix}:uploads:c`, 'not a hash');
  await expect(store('c', 1, wide)).rejects.toThrow('WRONGTYPE');
  expect(uploads.hasMuchRoom()).toBe(false);
});

test('images that are sure are stored before what is sent after them, by a script that Redis need not know', async () => {
  const asText = vi.spyOn(redis, 'eval');
  const storing = uploads.store('a', images(1), { ...limits, maxCount: 100 }, { isSure: true });
  expect(await redis.hlen(`${prefix}:uploads:a`)).toBe(1);
  expect(await storing).toBe(true);
  expect(asText).toHaveBeenCalledOnce();
  asText.mockRestore();
});

test('bytes that were never stored are null', async () => {
  expect(await read('none')).toBeNull();
});

test('each image of a job is found at its index; a refused one has no bytes', async () => {
  const [first, third] = [Buffer.from('first'), Buffer.alloc(0)];
  const given = new Map([
    [0, first],
    [2, third],
  ]);
  expect(await uploads.store('a', given, limits)).toBe(true);
  expect(await uploads.read('a', 4)).toEqual([first, null, third, null]);
  expect(await books()).toEqual({ count: 2, bytes: 5 });
});

test('a job without any bytes is booked by its count, and finds no room where there is none', async () => {
  expect(await uploads.store('a', new Map(), limits, { count: 3 })).toBe(true);
  expect(await uploads.read('a', 2)).toEqual([null, null]);
  expect(await books()).toEqual({ count: 3, bytes: 0 });
  expect(await uploads.store('b', new Map(), limits, { count: 1 })).toBe(false);
  await uploads.release('a');
  expect(await books()).toEqual({ count: 0, bytes: 0 });
});

test('a job is stored whole, though it passes a bound, or not at all', async () => {
  expect(await uploads.store('a', images(1, 1), limits)).toBe(true);
  expect(await uploads.store('b', images(1, 1), limits)).toBe(true);
  expect(await books()).toEqual({ count: 4, bytes: 4 });
  expect(await uploads.store('c', images(1), limits)).toBe(false);
  expect(await uploads.read('c', 1)).toEqual([null]);
  await uploads.release('a');
  expect(await uploads.store('c', images(99, 1), limits)).toBe(true);
  expect(await books()).toEqual({ count: 4, bytes: 102 });
});

test('no job is stored once the number is reached', async () => {
  for (const id of ['a', 'b', 'c']) expect(await store(id, 1)).toBe(true);
  expect(await store('d', 1)).toBe(false);
  expect(await read('d')).toBeNull();
  expect(await books()).toEqual({ count: 3, bytes: 3 });
});

test('no job is stored once the bytes are reached', async () => {
  expect(await store('a', 99)).toBe(true);
  expect(await store('b', 41)).toBe(true);
  expect(await store('c', 1)).toBe(false);
  expect(await books()).toEqual({ count: 2, bytes: 140 });
});

test('many at once pass a bound by one job at most', async () => {
  const stored = await Promise.all(Array.from({ length: 50 }, (_, i) => store(`${i}`, 45)));
  expect(stored.filter(Boolean)).toHaveLength(3);
  expect(await books()).toEqual({ count: 3, bytes: 135 });
});

test('releasing makes room; releasing twice, or a job that never was, changes nothing', async () => {
  await store('a', 60);
  await store('b', 40);
  await uploads.release('a');
  expect(await read('a')).toBeNull();
  expect(await books()).toEqual({ count: 1, bytes: 40 });
  await uploads.release('a');
  await uploads.release('none');
  expect(await books()).toEqual({ count: 1, bytes: 40 });
  expect(await store('c', 60)).toBe(true);
});

test('what a retry put on the books is released by the end of its own run alone', async () => {
  await store('a', 60);
  await redis.hset(`${prefix}:uploads-sizes`, 'a', '1 60 1000');
  await uploads.release('a', 1000);
  expect(await books()).toEqual({ count: 1, bytes: 60 });
  expect((await read('a'))?.length).toBe(60);
  expect(await uploads.replace('a', 0, Buffer.alloc(50), 1_000)).toBe(true);
  await uploads.release('a', 999);
  expect(await books()).toEqual({ count: 1, bytes: 50 });
  await uploads.release('a', 1001);
  expect(await books()).toEqual({ count: 0, bytes: 0 });
});

test('the jobs on the books can be listed, and the sums be made to agree with them', async () => {
  await store('a', 10);
  await store('b', 20);
  await redis.set(`${prefix}:uploads-count`, 99);
  await redis.set(`${prefix}:uploads-bytes`, -5);
  await uploads.recount();
  expect(await books()).toEqual({ count: 2, bytes: 30 });
  const listed: string[] = [];
  for await (const jobIds of uploads.jobs()) listed.push(...jobIds);
  expect(listed.sort()).toEqual(['a', 'b']);
});

test('kept images are bounded by their bytes: the oldest job’s go first', async () => {
  const record = (jobId: string) => `${prefix}:record:${jobId}`;
  for (const jobId of ['a', 'b', 'c']) {
    await redis.hset(record(jobId), 'timestamp', 1);
    await uploads.store(jobId, images(25_000_000), { maxCount: 9, maxBytes: 1e9 });
    await uploads.keep(jobId, [0], { ms: 60_000, job: record(jobId) });
    await uploads.release(jobId);
  }
  const kept = (jobId: string) => redis.exists(uploads.keptKeys(jobId)[0]!);
  expect(await Promise.all(['a', 'b', 'c'].map(kept))).toEqual([0, 1, 1]);
  expect(await redis.get(`${prefix}:kept-bytes`)).toBe('50000000');
  expect(await redis.pttl(uploads.keptKeys('b')[0]!)).toBeGreaterThan(50_000);
  await redis.del(uploads.keptKeys('b')[0]!, uploads.keptKeys('c')[0]!);
});

test('nothing is kept of a prediction that was canceled or deleted, nor of a job without a record', async () => {
  const record = `${prefix}:record`;
  await redis.hset(record, 'settled:1', '{}');
  await uploads.store('a', images(5, 5), limits);
  await uploads.keep('a', [0, 1], { ms: 60_000, job: record });
  expect(await redis.hkeys(uploads.keptKeys('a')[0]!)).toEqual(['0']);
  await uploads.store('b', images(5), limits);
  await uploads.keep('b', [0], { ms: 60_000, job: `${prefix}:none` });
  expect(await redis.exists(uploads.keptKeys('b')[0]!)).toBe(0);
});
