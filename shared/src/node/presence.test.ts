import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { testManifest } from '../testing/model-manifest.ts';
import { announceWorker, findModelCard, listWorkers, type WorkerPresence } from './presence.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!);
const log = pino({ level: 'silent' });
let prefix: string;
beforeEach(() => {
  prefix = `test-${randomUUID()}`;
});
afterAll(async () => {
  await redis.quit();
});

function presenceOf(
  id: string,
  started_at: string,
): Pick<WorkerPresence, 'id' | 'host' | 'pid' | 'started_at' | 'model'> {
  return { id, host: 'here', pid: 1, started_at, model: testManifest };
}

const workload = { running: 2, finished: 40 };
const announce = (presence: ReturnType<typeof presenceOf>, tell = () => workload) =>
  announceWorker({ connection: redis, prefix, presence, workload: tell, log });
const list = () => listWorkers({ connection: redis, prefix });

test('nobody is there at first', async () => {
  expect(await list()).toEqual([]);
});

test('workers are listed whole, oldest first, until they stop', async () => {
  const [young, old] = [presenceOf('a', '2026-01-02T00:00:00Z'), presenceOf('b', '2026-01-01T00:00:00Z')];
  const announced = [announce(young), announce(old)];
  const beat = { beat_at: expect.any(String), memory_bytes: expect.any(Number) };
  await expect.poll(list).toEqual([
    { ...old, ...workload, ...beat },
    { ...young, ...workload, ...beat },
  ]);
  await announced[1]!.stop();
  expect(await list()).toEqual([{ ...young, ...workload, ...beat }]);
  await announced[0]!.stop();
  expect(await list()).toEqual([]);
  expect(await redis.keys(`${prefix}:*`)).toEqual([]);
});

test('each beat tells what the worker has in hand by then', async () => {
  let finished = 0;
  const { stop } = announce(presenceOf('a', '2026-01-01T00:00:00Z'), () => ({
    running: 1,
    finished: finished++,
  }));
  await expect.poll(list, { timeout: 5_000 }).toMatchObject([{ running: 1, finished: 1 }]);
  await stop();
});

test('a model’s card is there as long as one of its workers is', async () => {
  const card = { name: 'test', version: '1', card: '# A card', sets: {} };
  const find = () => findModelCard({ connection: redis, prefix, model: card });
  expect(await find()).toBeNull();
  const presence = presenceOf('a', '2026-01-01T00:00:00Z');
  const { stop } = announceWorker({
    connection: redis,
    prefix,
    presence,
    workload: () => workload,
    card,
    log,
  });
  await expect.poll(find).toEqual(card);
  const key = `${prefix}:model-card:test@1`;
  await redis.pexpire(key, 1_500);
  // The next beat keeps it, and brings back what Redis lost.
  await expect.poll(() => redis.pttl(key), { timeout: 5_000 }).toBeGreaterThan(1_500);
  await redis.del(key);
  await expect.poll(find, { timeout: 5_000 }).toEqual(card);
  await stop();
  expect(await redis.pttl(key)).toBeGreaterThan(0);
  await redis.del(key);
});

test('a worker that doesn’t tell of its pictures is listed all the same', async () => {
  const presence = presenceOf('a', '2026-01-01T00:00:00Z');
  await redis.set(`${prefix}:worker:a`, JSON.stringify(presence));
  await redis.sadd(`${prefix}:workers`, 'a');
  expect(await list()).toEqual([{ ...presence, running: 0, finished: 0 }]);
  await redis.del(`${prefix}:worker:a`, `${prefix}:workers`);
});

test('one that died leaves by itself, and its trace in the index with it', async () => {
  const { stop } = announce(presenceOf('a', '2026-01-01T00:00:00Z'));
  await expect.poll(list).toHaveLength(1);
  expect(await redis.pttl(`${prefix}:worker:a`)).toBeLessThanOrEqual(4_000);
  await redis.pexpire(`${prefix}:worker:a`, 1);
  await expect.poll(() => redis.exists(`${prefix}:worker:a`)).toBe(0);
  expect(await list()).toEqual([]);
  expect(await redis.smembers(`${prefix}:workers`)).toEqual([]);
  // It was not dead: its next beat brings it back.
  await expect.poll(list, { timeout: 5_000 }).toHaveLength(1);
  await stop();
});

test('stopping doesn’t wait for a Redis that is away', async () => {
  const away = new Redis({
    port: 1,
    lazyConnect: true,
    maxRetriesPerRequest: null,
    retryStrategy: () => null,
  });
  away.on('error', () => {});
  const presence = presenceOf('a', '2026-01-01T00:00:00Z');
  await announceWorker({ connection: away, prefix, presence, workload: () => workload, log }).stop();
  away.disconnect();
});
