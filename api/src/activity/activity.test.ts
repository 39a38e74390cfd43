import { activity as contract } from '@inkqueue/shared/contracts/activity';
import type { WorkerPresence } from '@inkqueue/shared/node/presence';
import { testManifest } from '@inkqueue/shared/testing/model-manifest';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createActivity } from './activity.ts';

const queue = { pictures: 3, bytes: 900, jobs: { waiting: 1, active: 1 } };
const worker: WorkerPresence = {
  id: 'a',
  host: 'secret-host',
  pid: 4_242,
  started_at: '2026-01-01T00:00:00Z',
  running: 2,
  finished: 40,
  model: testManifest,
};

let requests: number;
let queueLoad: () => Promise<typeof queue | null>;
const create = (workers: WorkerPresence[] | null = [worker]) =>
  createActivity({
    health: {
      queueLoad: () => {
        requests++;
        return queueLoad();
      },
      workers: async () => workers,
    },
    points: () => [],
  });

beforeEach(() => {
  requests = 0;
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
    workers: [{ id: 'a', running: 2, finished: 40, model: { name: 'test', version: '1' } }],
    point_seconds: 5,
  });
  expect(JSON.stringify(now)).not.toMatch(/secret-host|4242|sha256/);
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
