import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Counts, countsKey, createCounts, LATE_MAX_MS, SPANS, timeName, timeNamed } from './counts.ts';

const NOW = Date.parse('2026-01-01T00:00:00.000Z');
const redis = new Redis(process.env.TEST_REDIS_URL!);
const log = pino({ level: 'silent' });

let prefix: string;
let counts: Counts;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  prefix = `test-${randomUUID()}`;
  counts = createCounts({ connection: redis, prefix, log });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await counts.close();
  vi.useRealTimers();
});
afterAll(async () => {
  await redis.quit();
});

const minutes = () => redis.hgetall(countsKey(prefix, 'minutes', NOW / 5_000));

test('counts go to Redis together, and stay a little longer than their span', async () => {
  counts.add('accepted', 2);
  counts.add('accepted');
  counts.add('succeeded', 0);
  expect(await minutes()).toEqual({});
  await counts.flush();
  expect(await minutes()).toEqual({ accepted: '3' });
  expect(await redis.keys(`${prefix}:*`)).toHaveLength(Object.keys(SPANS).length);
  const ttl = await redis.pttl(countsKey(prefix, 'minutes', NOW / 5_000));
  expect(ttl).toBeGreaterThan(300_000);
  expect(ttl).toBeLessThanOrEqual(305_000);
});

test('counts go to Redis once a second by themselves', async () => {
  counts.add('accepted');
  await expect.poll(minutes, { timeout: 5_000 }).toEqual({ accepted: '1' });
});

test('what Redis refuses is added later, in the time in which it happened', async () => {
  const commands = redis as unknown as { addCounts: () => Promise<null> };
  const refusing = vi.spyOn(commands, 'addCounts').mockRejectedValueOnce(new Error('OOM'));
  counts.add('accepted', 2);
  await counts.flush();
  expect(refusing).toHaveBeenCalledOnce();
  expect(await minutes()).toEqual({});
  vi.setSystemTime(NOW + 6_000);
  counts.add('accepted');
  await counts.flush();
  expect(await minutes()).toEqual({ accepted: '2' });
});

test('what Redis refuses goes before what was counted meanwhile', async () => {
  const commands = redis as unknown as { addCounts: (...args: unknown[]) => Promise<null> };
  const adding = vi.spyOn(commands, 'addCounts').mockImplementationOnce(async () => {
    vi.setSystemTime(NOW + 5_000);
    counts.add('accepted');
    throw new Error('OOM');
  });
  adding.mockRejectedValueOnce(new Error('OOM'));
  counts.add('accepted');
  await counts.flush();
  await counts.flush();
  const points = [0, 1, 0, 1].map((at) => countsKey(prefix, 'minutes', NOW / 5_000 + at));
  expect(adding.mock.calls.map(([, minutes]) => minutes)).toEqual(points);
});

test('what Redis refuses for five minutes is dropped: no point of that time changes any more', async () => {
  const commands = redis as unknown as { addCounts: () => Promise<null> };
  vi.spyOn(commands, 'addCounts').mockRejectedValueOnce(new Error('OOM'));
  counts.add('accepted');
  await counts.flush();
  vi.setSystemTime(NOW + LATE_MAX_MS);
  await counts.flush();
  expect(await minutes()).toEqual({});
});

test.each([0, 1, 8, 31, 100, 999, 1_000, 60_000, 4_190_000])(
  'a time of %i ms is known to within 5 %',
  (ms) => {
    expect(Math.abs(timeNamed(timeName(ms))! - ms)).toBeLessThanOrEqual(0.05 * (ms + 1));
  },
);

test('a time below zero counts as none, and one above all bounds as the bound', () => {
  expect(timeNamed(timeName(-50))).toBe(0);
  expect(timeNamed(timeName(1e12))).toBeCloseTo(2 ** 22 - 1, -6);
  expect(timeNamed('accepted')).toBeNull();
});
