import { randomUUID } from 'node:crypto';
import type { ActivitySpan } from '@inkqueue/shared/contracts/activity';
import { type Counts, createCounts, LATE_MAX_MS } from '@inkqueue/shared/node/counts';
import { createLogger } from '@inkqueue/shared/node/log';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ActivityPoints, createActivityPoints } from './points.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const redis = new Redis(process.env.TEST_REDIS_URL!);
const log = createLogger({ name: 'test', level: 'silent' });

let prefix: string;
let counts: Counts;
let points: ActivityPoints;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  prefix = `test-${randomUUID()}`;
  counts = createCounts({ connection: redis, prefix, log });
  points = createActivityPoints({ connection: redis, prefix });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await counts.close();
  vi.useRealTimers();
});
afterAll(async () => {
  await redis.quit();
});

const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
const newest = async (span: ActivitySpan = 'minutes') => (await points(span)).points.at(-1);

test.each([
  ['minutes', 5, 60, '2025-12-31T23:55:05.000Z'],
  ['hour', 60, 60, '2025-12-31T23:01:00.000Z'],
  ['day', 900, 96, '2025-12-31T00:15:00.000Z'],
] as const)(
  'the %s have a point for each %i s, though nothing was counted',
  async (span, seconds, count, at) => {
    const found = await points(span);
    expect(found).toMatchObject({ point_seconds: seconds, refused: [], failed: [] });
    expect(found.points).toHaveLength(count);
    const none = { accepted: 0, succeeded: 0, failed: 0, canceled: 0, p50_ms: null, p95_ms: null };
    expect([found.points[0], found.points.at(-1)]).toEqual([
      { at, ...none },
      { at: '2026-01-01T00:00:00.000Z', ...none },
    ]);
  },
);

test('what processes count adds up, in the point of its time', async () => {
  const other = createCounts({ connection: redis, prefix, log });
  counts.add('accepted', 3);
  other.add('accepted', 2);
  counts.add('succeeded');
  counts.add('failed:no-ink', 2);
  counts.add('failed:internal');
  counts.add('canceled');
  await Promise.all([counts.flush(), other.close()]);
  expect(await newest()).toMatchObject({ accepted: 5, succeeded: 1, failed: 3, canceled: 1 });
  later(5_000);
  counts.add('succeeded', 7);
  await counts.flush();
  expect((await points('minutes')).points.slice(-2)).toMatchObject([
    { accepted: 5, succeeded: 1 },
    { accepted: 0, succeeded: 7 },
  ]);
  expect(await newest('hour')).toMatchObject({ accepted: 5, succeeded: 8, failed: 3 });
  expect(await newest('day')).toMatchObject({ accepted: 5, succeeded: 8, failed: 3 });
});

test('reasons are counted over the whole time, the most frequent first, and those of a later version left out', async () => {
  counts.add('failed:no-ink');
  counts.add('refused:too-large');
  later(60_000);
  counts.add('failed:internal', 2);
  counts.add('refused:queue-full', 9);
  counts.add('refused:of-a-later-version' as 'refused:busy', 5);
  await counts.flush();
  expect(await points('minutes')).toMatchObject({
    failed: [
      { code: 'internal', count: 2 },
      { code: 'no-ink', count: 1 },
    ],
    refused: [
      { code: 'queue-full', count: 9 },
      { code: 'too-large', count: 1 },
    ],
  });
});

test('what Redis gets a minute late, as after an outage, still counts', async () => {
  const commands = redis as unknown as { addCounts: () => Promise<null> };
  vi.spyOn(commands, 'addCounts').mockRejectedValueOnce(new Error('Connection is closed.'));
  counts.add('succeeded');
  await counts.flush();
  later(60_000);
  expect((await points('minutes')).points.at(-13)).toMatchObject({ succeeded: 0 });
  await counts.flush();
  expect((await points('minutes')).points.at(-13)).toMatchObject({ succeeded: 1 });
});

test('what is long over is read once', async () => {
  const more = () => redis.hincrby(`${prefix}:counts:hour:${START / 60_000}`, 'succeeded', 1);
  await more();
  later(60_000 + LATE_MAX_MS);
  expect((await points('hour')).points.at(-7)).toMatchObject({ succeeded: 1 });
  await more();
  later(1);
  expect((await points('hour')).points.at(-7)).toMatchObject({ succeeded: 2 });
  await more();
  expect((await points('hour')).points.at(-7)).toMatchObject({ succeeded: 2 });
});

test('without Redis the points are what was read of them', async () => {
  const away = new Redis(process.env.TEST_REDIS_URL!, {
    enableOfflineQueue: false,
    retryStrategy: () => null,
  });
  await new Promise((resolve) => away.once('ready', resolve));
  const read = createActivityPoints({ connection: away, prefix });
  counts.add('succeeded', 4);
  await counts.flush();
  await read('minutes');
  const closed = new Promise((resolve) => away.once('end', resolve));
  away.disconnect();
  await closed;
  expect((await read('minutes')).points.at(-1)).toMatchObject({ succeeded: 4 });
});
