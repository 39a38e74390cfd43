import { execFile } from 'node:child_process';
import { createPrivateRedis, type PrivateRedis } from '@inkqueue/scripts/private-redis';
import { listWorkers } from '@inkqueue/shared/node/presence';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { find, form, postPredict, predict, problemOf, submit } from './client.ts';
import { digitPng, slowPage } from './pictures.ts';
import type { Running } from './processes.ts';
import { waitingPictures } from './queue.ts';
import { createStack, type Stack } from './stack.ts';
import { connectSubscriber } from './subscriber.ts';
import { until } from './until.ts';

/** "Well under a second", with what a busy machine adds. */
const REFUSED_WITHIN_MS = 900;
/** From Redis being back to the first answer. */
const BACK_WITHIN_MS = 5_000;

let redis: PrivateRedis;
let stack: Stack;

beforeEach(async () => {
  redis = await createPrivateRedis();
  stack = createStack(redis.url);
});
afterEach(async () => {
  redis.thaw();
  try {
    await stack.close();
  } finally {
    await redis.remove();
  }
});

/** Every route that needs Redis says so, soon, and when to come back. */
async function expectRefused(api: Running, id: string): Promise<void> {
  const picture = await digitPng(1);
  const requests: [string, RequestInit?][] = [
    ['/predict', { method: 'POST', body: form(picture) }],
    ['/predictions', { method: 'POST', body: form(picture) }],
    [`/predictions/${id}`],
    [`/predictions/${id}?wait=30`],
    ['/models'],
  ];
  for (const [path, init] of requests) {
    const start = performance.now();
    const response = await fetch(api.url + path, init);
    expect(performance.now() - start, path).toBeLessThan(REFUSED_WITHIN_MS);
    expect(response.headers.get('retry-after'), path).toMatch(/^\d+$/);
    expect(await problemOf(response), path).toMatchObject({
      status: 503,
      code: 'redis-unavailable',
      retryable: true,
    });
  }
  const ready = await fetch(`${api.url}/health/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ reasons: ['Redis can’t be reached.'], redis: { ok: false } });
  expect(await (await fetch(api.url)).json()).toMatchObject({ status: 'not-ready', queue: null });
  expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
}

/** Milliseconds until a picture is read again. */
async function untilBack(api: Running): Promise<number> {
  const start = performance.now();
  const picture = await digitPng(7);
  await until(
    'a picture is read again',
    async () => (await postPredict(api, form(picture))).status === 200,
    20_000,
  );
  return performance.now() - start;
}

describe.each([
  ['stops', (it: PrivateRedis) => it.stop()],
  ['is killed', (it: PrivateRedis) => it.kill()],
] as const)('Redis %s and starts again', (_, end) => {
  test('requests meanwhile are refused soon; what was queued and whoever waits gets its answer after', async () => {
    const api = await stack.api({ PREDICT_TIMEOUT_MS: '60000' });
    const subscriber = await connectSubscriber(api);
    const picture = await digitPng(6);
    const ids = await Promise.all([1, 2, 3, 4, 5].map(async () => (await submit(api, picture)).id));
    const snapshot = await subscriber.subscribe({ topic: 'prediction', id: ids[0]! });
    const waiting = predict(api, picture);
    const polling = find(api, ids[1]!, 60);
    const length = () => waitingPictures(stack.redis, stack.prefix);
    await until('all six wait in the queue', async () => (await length()) === 6);

    await end(redis);
    await expectRefused(api, ids[0]!);
    expect(await subscriber.request({ topic: 'prediction', id: ids[2]! })).toMatchObject({
      ok: false,
      problem: { code: 'redis-unavailable' },
    });

    await redis.start();
    await stack.worker();
    expect(await waiting).toMatchObject({ predicted_digit: 6 });
    expect(await polling).toMatchObject({ status: 'succeeded' });
    const states = () => [snapshot, ...subscriber.predictions].map(({ status }) => status);
    await until('the subscriber gets the end', () => states().includes('succeeded'));
    expect(states()).toEqual(['queued', 'running', 'succeeded']);
    const ends = await Promise.all(ids.map((id) => find(api, id, 30)));
    expect(ends.every(({ result }) => result?.predicted_digit === 6)).toBe(true);
    subscriber.close();
  });

  test('a worker goes on with what it had in hand, and the service is back within seconds', async () => {
    const [api, worker] = await Promise.all([stack.api(), stack.worker({ DECODE_CONCURRENCY: '1' })]);
    const slow = await slowPage();
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map(async () => (await submit(api, slow)).id));
    const active = `${stack.prefix}:${QUEUE_NAME}:active`;
    await until('the worker is reading', async () => (await stack.redis.llen(active)) > 0);
    await end(redis);
    await until('the api has noticed', async () => (await fetch(`${api.url}/models`)).status === 503);
    await redis.start();
    expect(await untilBack(api)).toBeLessThan(BACK_WITHIN_MS);
    const ends = await Promise.all(ids.map((id) => find(api, id, 30)));
    expect(ends.map(({ result, error }) => result?.predicted_digit ?? error)).toEqual(ids.map(() => 4));
    expect(worker.isRunning()).toBe(true);
  });
});

describe('Redis hangs', () => {
  test('requests are refused soon, nothing of them is kept, and the service is back once it answers', async () => {
    const [api] = await Promise.all([stack.api(), stack.worker()]);
    const { id } = await predict(api, await digitPng(6));
    redis.freeze();
    await expectRefused(api, id);
    redis.thaw();
    expect(await untilBack(api)).toBeLessThan(BACK_WITHIN_MS);
    expect(await find(api, id)).toMatchObject({ status: 'succeeded' });
  });

  test('many large uploads meanwhile don’t pile up in the api', async () => {
    const api = await stack.api();
    const { id } = await submit(api, await digitPng(6));
    const large = Buffer.alloc(4_000_000);
    (await digitPng(1)).copy(large);
    redis.freeze();
    const statuses = new Set<number>();
    for (let i = 0; i < 60; i++) statuses.add((await postPredict(api, form(large))).status);
    expect([...statuses]).toEqual([503]);
    expect(await residentBytes(api.pid)).toBeLessThan(400_000_000);
    redis.thaw();
    await until(
      'the api answers again',
      async () => (await fetch(`${api.url}/predictions/${id}`)).status === 200,
    );
  });
});

test('an accepted picture’s id is told even when the wait runs out while Redis is away', async () => {
  const api = await stack.api({ PREDICT_TIMEOUT_MS: '1500' });
  const answer = postPredict(api, form(await digitPng(9)));
  const length = () => waitingPictures(stack.redis, stack.prefix);
  await until('it waits in the queue', async () => (await length()) === 1);
  await redis.kill();
  const response = await answer;
  expect(response.status).toBe(202);
  const { id } = await response.json();
  await redis.start();
  await stack.worker();
  await until(
    'the api answers again',
    async () => (await fetch(`${api.url}/predictions/${id}`)).status === 200,
  );
  expect(await find(api, id, 20)).toMatchObject({ status: 'succeeded', result: { predicted_digit: 9 } });
});

test('a full Redis refuses pictures with queue-full, and takes them again once there is room', async () => {
  const api = await stack.api();
  const picture = await digitPng(2);
  await stack.redis.config('SET', 'maxmemory', '1');
  const refused = await fetch(`${api.url}/predictions`, { method: 'POST', body: form(picture) });
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await problemOf(refused)).toMatchObject({ status: 503, code: 'queue-full', retryable: true });
  await stack.redis.config('SET', 'maxmemory', '0');
  await submit(api, picture);
});

describe('SIGTERM while Redis is away', () => {
  test.each([
    ['stopped', (it: PrivateRedis) => it.stop()],
    ['hanging', async (it: PrivateRedis) => it.freeze()],
  ] as const)('the api and an idle worker end cleanly all the same: %s', async (_, end) => {
    const [api, worker] = await Promise.all([stack.api(), stack.worker()]);
    await end(redis);
    const start = performance.now();
    await Promise.all([api.stop(), worker.stop()]);
    expect(performance.now() - start).toBeLessThan(8_000);
    redis.thaw();
    await redis.kill();
    await redis.start();
    // Nobody could be told that the worker is gone: its announcement runs out.
    const present = () => listWorkers({ connection: stack.redis, prefix: stack.prefix });
    await until('no worker is announced', async () => (await present()).length === 0);
  });
});

/** What a process holds in memory. */
async function residentBytes(pid: number): Promise<number> {
  const kilobytes = await new Promise<string>((resolve, reject) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (err, out) => (err ? reject(err) : resolve(out)));
  });
  return Number(kilobytes) * 1_024;
}
