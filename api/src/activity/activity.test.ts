import { activity as contract } from '@inkqueue/shared/contracts/activity';
import type { WorkerPresence } from '@inkqueue/shared/node/presence';
import { testManifest } from '@inkqueue/shared/testing/model-manifest';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createActivity } from './activity.ts';

const queue = { pictures: 3, bytes: 900, jobs: { waiting: 1, active: 1 } };
const worker: WorkerPresence & { address: string } = {
  id: 'a',
  host: 'secret-host',
  pid: 4_242,
  // What a later version may announce besides.
  address: 'secret-address',
  started_at: '2026-01-01T00:00:00Z',
  running: 2,
  finished: 40,
  per_second: 3.5,
  jobs: 1,
  busy_since: null,
  beat_at: '2026-01-01T00:01:00Z',
  memory_bytes: 9_000,
  model: testManifest,
};

let requests: number;
/** The spans whose points were read. */
let spans: string[];
let queueLoad: () => Promise<typeof queue | null>;
const create = (workers: WorkerPresence[] | null = [worker]) =>
  createActivity({
    health: {
      queueLoad: () => {
        requests++;
        return queueLoad();
      },
      workers: async () => workers,
      operated: async () => workers && { isPaused: true, isDrained: false },
    },
    points: async (span) => {
      spans.push(span);
      return { point_seconds: span === 'day' ? 900 : 5, points: [], refused: [], failed: [] };
    },
    memory: () => ({ used: 7, max: 10, uploadsShare: 0.85 }),
    limits: { maxCount: 20, maxBytes: 500 },
    hasConsole: true,
  });

beforeEach(() => {
  requests = 0;
  spans = [];
  queueLoad = async () => queue;
  vi.useFakeTimers({ toFake: ['performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('activity has the shape of the contract, and nothing else of a worker', async () => {
  const now = await create().now();
  expect(contract.parse(now)).toEqual(now);
  expect(now).toMatchObject({
    queue,
    point_seconds: 5,
    bounds: {
      pictures: 20,
      bytes: 500,
      redis_used_bytes: 7,
      redis_max_bytes: 10,
      redis_uploads_share: 0.85,
    },
    operated: { paused: true, drained: false },
    console: true,
  });
  expect(now.workers).toEqual([
    {
      id: 'a',
      started_at: '2026-01-01T00:00:00Z',
      model: { name: 'test', version: '1' },
      running: 2,
      finished: 40,
      per_second: 3.5,
      jobs: 1,
      busy_since: null,
      beat_at: '2026-01-01T00:01:00Z',
      memory_bytes: 9_000,
    },
  ]);
  expect(JSON.stringify(now)).not.toMatch(/secret|4242|sha256/);
});

test('requests within a second share one result', async () => {
  const activity = create();
  const [one, two] = await Promise.all([activity.now(), activity.now()]);
  vi.advanceTimersByTime(999);
  expect(await activity.now()).toBe(one);
  expect([two, requests]).toEqual([one, 1]);
  vi.advanceTimersByTime(1);
  expect(await activity.now()).not.toBe(one);
  expect(requests).toBe(2);
});

test('a longer time has its own points, and the rest in common', async () => {
  const activity = create();
  const now = await activity.over('minutes');
  expect(await activity.over('day')).toEqual({ ...now, point_seconds: 900 });
  expect(requests).toBe(1);
});

test('requests within a second share the points of a longer time', async () => {
  const activity = create();
  await Promise.all([activity.over('day'), activity.over('day'), activity.over('hour')]);
  vi.advanceTimersByTime(999);
  await activity.over('day');
  expect(spans.toSorted()).toEqual(['day', 'hour', 'minutes']);
  vi.advanceTimersByTime(1);
  await activity.over('day');
  expect(spans.toSorted()).toEqual(['day', 'day', 'hour', 'minutes', 'minutes']);
});

test('a refresh waits for the one under way', async () => {
  let give!: (counts: typeof queue) => void;
  queueLoad = () =>
    new Promise((resolve) => {
      give = resolve;
    });
  const activity = create();
  const both = [activity.refresh(), activity.refresh()];
  give(queue);
  const [one, two] = await Promise.all(both);
  expect(two).toBe(one);
  queueLoad = async () => queue;
  expect(await activity.refresh()).not.toBe(one);
  expect(requests).toBe(2);
});

test('while Redis is away the rest stays true', async () => {
  queueLoad = async () => null;
  expect(await create(null).now()).toMatchObject({ queue: null, workers: [], points: [] });
});

test('a failure reaches the requests that shared it, and none after them', async () => {
  queueLoad = () => Promise.reject(new Error('a fault of ours'));
  const activity = create();
  await expect(activity.now()).rejects.toThrow('a fault of ours');
  queueLoad = async () => queue;
  expect(await activity.now()).toMatchObject({ queue });
});
