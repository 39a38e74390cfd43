import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { PredictionState } from '../queue/state.ts';
import { MODEL, RESULT, TIMINGS } from '../testing/job-results.ts';
import { createResultCache, type ResultCache } from './result-cache.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!);
redis.setMaxListeners(0);
let prefix: string;
let cache: ResultCache;
let states: Map<string, PredictionState>;
let models: (typeof MODEL)[];
const succeeded: PredictionState = {
  status: 'succeeded',
  startedAt: 1,
  finishedAt: 2,
  model: MODEL,
  result: RESULT,
  timings: TIMINGS,
};

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  states = new Map();
  models = [MODEL];
  cache = createResultCache({
    connection: redis,
    prefix,
    ttlMs: 60_000,
    max: 3,
    models: async () => models,
    find: async (id) => states.get(id) ?? null,
  });
});
afterAll(async () => {
  await redis.quit();
});

async function put(id: string): Promise<void> {
  states.set(id, succeeded);
  await cache.put(`picture of ${id}`, id);
}
const get = (id: string) => cache.get(`picture of ${id}`);

test('an entry answers while its prediction is kept and all workers run its model', async () => {
  await put('a');
  expect(await get('a')).toBe('a');
  expect(await get('b')).toBeNull();
  models = [MODEL, { ...MODEL, version: '2' }];
  expect(await get('a')).toBeNull();
  models = [];
  expect(await get('a')).toBeNull();
  models = [MODEL];
  states.delete('a');
  expect(await get('a')).toBeNull();
});

test('entries are bounded: the oldest goes, with all that names it', async () => {
  for (const id of ['a', 'b', 'c', 'd', 'e']) await put(id);
  expect(await Promise.all(['a', 'b', 'c', 'd', 'e'].map(get))).toEqual([null, null, 'c', 'd', 'e']);
  expect(await redis.keys(`${prefix}:*`)).toHaveLength(7);
});

test('a prediction that is forgotten answers no more', async () => {
  await put('a');
  await cache.forget('a');
  await cache.forget('unknown');
  expect(await get('a')).toBeNull();
});
