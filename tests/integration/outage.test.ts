import { execFile } from 'node:child_process';
import { createPrivateRedis, type PrivateRedis } from '@inkqueue/scripts/private-redis';
import { listWorkers } from '@inkqueue/shared/node/presence';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { find, form, postPredict, predict, problemOf, submit } from './client.ts';
import { releaseOrphans } from './leaks.ts';
import { digitPng, slowPage } from './pictures.ts';
import type { Running } from './processes.ts';
import { waitingImages } from './queue.ts';
import { createStack, type Stack } from './stack.ts';
import { connectSubscriber } from './subscriber.ts';
import { until } from './until.ts';

/** "Well under a second", with a margin for a busy machine. */
const REFUSED_WITHIN_MS = 900;
/** From Redis being back to the first response. */
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

/** Every route that needs Redis responds soon with a problem, and with when to come back. */
async function expectRefused(api: Running, id: string): Promise<void> {
  const image = await digitPng(1);
  const requests: [string, RequestInit?][] = [
    ['/predict', { method: 'POST', body: form(image) }],
    ['/predictions', { method: 'POST', body: form(image) }],
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

/** Milliseconds until the service predicts again. */
async function untilBack(api: Running): Promise<number> {
  const start = performance.now();
  const image = await digitPng(7);
  await until(
    'the service predicts again',
    async () => (await postPredict(api, form(image))).status === 200,
    20_000,
  );
  return performance.now() - start;
}

describe.each([
  ['stops', (it: PrivateRedis) => it.stop()],
  ['is killed', (it: PrivateRedis) => it.kill()],
] as const)('Redis %s and starts again', (_, end) => {
  test('the api refuses requests soon; queued and waiting ones get their results afterwards', async () => {
    const api = await stack.api({ PREDICT_TIMEOUT_MS: '60000' });
    const subscriber = await connectSubscriber(api);
    const image = await digitPng(6);
    const ids = await Promise.all([1, 2, 3, 4, 5].map(async () => (await submit(api, image)).id));
    const snapshot = await subscriber.subscribe({ topic: 'prediction', id: ids[0]! });
    const waiting = predict(api, image);
    const polling = find(api, ids[1]!, 60);
    const length = () => waitingImages(stack.redis, stack.prefix);
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

  test('a worker finishes the jobs that it had taken, and the service is back within seconds', async () => {
    const [api, worker] = await Promise.all([stack.api(), stack.worker({ DECODE_CONCURRENCY: '1' })]);
    const slow = await slowPage();
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map(async () => (await submit(api, slow)).id));
    const active = `${stack.prefix}:${QUEUE_NAME}:active`;
    await until('a job is active', async () => (await stack.redis.llen(active)) > 0);
    await end(redis);
    await until('the api has noticed', async () => (await fetch(`${api.url}/models`)).status === 503);
    await redis.start();
    expect(await untilBack(api)).toBeLessThan(BACK_WITHIN_MS);
    const ends = await Promise.all(ids.map((id) => find(api, id, 30)));
    expect(ends.map(({ result, error }) => result?.predicted_digit ?? error)).toEqual(ids.map(() => 4));
    expect(worker.isRunning()).toBe(true);
    // Redis may carry out a command whose reply is lost as it goes: an image of a request that was refused, or the end of a job, of which
    // its worker hears nothing.
    await releaseOrphans(stack.redis, stack.prefix);
  });
});

describe('Redis hangs', () => {
  test('the api refuses requests soon, keeps nothing of them, and is back once Redis replies', async () => {
    const [api] = await Promise.all([stack.api(), stack.worker()]);
    const { id } = await predict(api, await digitPng(6));
    redis.freeze();
    await expectRefused(api, id);
    redis.thaw();
    expect(await untilBack(api)).toBeLessThan(BACK_WITHIN_MS);
    expect(await find(api, id)).toMatchObject({ status: 'succeeded' });
  });

  test('many large uploads don’t pile up in the api', async () => {
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
      'the api responds again',
      async () => (await fetch(`${api.url}/predictions/${id}`)).status === 200,
    );
  });
});

test('a client gets the id of an accepted image even when its wait runs out while Redis is away', async () => {
  const api = await stack.api({ PREDICT_TIMEOUT_MS: '1500' });
  const responded = postPredict(api, form(await digitPng(9)));
  const length = () => waitingImages(stack.redis, stack.prefix);
  await until('the image waits in the queue', async () => (await length()) === 1);
  await redis.kill();
  const response = await responded;
  expect(response.status).toBe(202);
  const { id } = await response.json();
  await redis.start();
  await stack.worker();
  await until(
    'the api responds again',
    async () => (await fetch(`${api.url}/predictions/${id}`)).status === 200,
  );
  expect(await find(api, id, 20)).toMatchObject({ status: 'succeeded', result: { predicted_digit: 9 } });
});

test('the api refuses images with queue-full while Redis is full, and takes them again once there is room', async () => {
  const api = await stack.api();
  const image = await digitPng(2);
  await stack.redis.config('SET', 'maxmemory', '1');
  const refused = await fetch(`${api.url}/predictions`, { method: 'POST', body: form(image) });
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await problemOf(refused)).toMatchObject({ status: 503, code: 'queue-full', retryable: true });
  await stack.redis.config('SET', 'maxmemory', '0');
  await submit(api, image);
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
    // The worker could not withdraw its announcement: it expires.
    const present = () => listWorkers({ connection: stack.redis, prefix: stack.prefix });
    await until('no worker is announced', async () => (await present()).length === 0);
  });
});

/** Resident memory of a process. */
async function residentBytes(pid: number): Promise<number> {
  const kilobytes = await new Promise<string>((resolve, reject) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, out) => (error ? reject(error) : resolve(out)));
  });
  return Number(kilobytes) * 1_024;
}
