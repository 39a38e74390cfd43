import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createPrivateRedis, type PrivateRedis } from '@inkqueue/scripts/private-redis';
import { activity } from '@inkqueue/shared/contracts/activity';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { find, form, postPredict, predict, problemOf, submit } from './client.ts';
import { digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack, type Stack } from './stack.ts';
import { connectSubscriber } from './subscriber.ts';
import { until } from './until.ts';

let stack: Stack;
const servers: PrivateRedis[] = [];
const closers: (() => void)[] = [];

afterEach(async () => {
  try {
    await stack.close();
  } finally {
    for (const close of closers.splice(0)) close();
    await Promise.all(servers.splice(0).map((server) => server.remove()));
  }
});

const send = (api: { url: string }, image: Buffer) =>
  fetch(`${api.url}/predictions`, { method: 'POST', body: form(image) });

async function startRedis(): Promise<PrivateRedis> {
  const server = await createPrivateRedis();
  servers.push(server);
  return server;
}

/** One address in front of Redis servers, as a managed service has. Open connections stay with their server. */
async function startAddress(first: string): Promise<{ url: string; pointTo: (url: string) => void }> {
  let target = new URL(first);
  const open = new Set<Socket>();
  const proxy: Server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => {}).on('close', () => open.delete(socket));
    }
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  closers.push(() => {
    for (const socket of open) socket.destroy();
    proxy.close();
  });
  const address = proxy.address();
  if (typeof address !== 'object' || !address) throw new Error('the proxy does not listen');
  return {
    url: `redis://127.0.0.1:${address.port}`,
    pointTo: (url) => {
      target = new URL(url);
    },
  };
}

const command = async (url: string, ...args: [string, ...string[]]) => {
  const client = new Redis(url);
  await client.call(...args);
  client.disconnect();
};

/** The state of a server's replication. */
async function replicated(url: string): Promise<{ isUp: boolean; offset: number }> {
  const client = new Redis(url);
  const info = await client.info('replication');
  client.disconnect();
  return {
    isUp: /master_link_status:up/.test(info),
    offset: Number(/(?:slave|master)_repl_offset:(\d+)/.exec(info)?.[1]),
  };
}

test('after a promotion behind one address the service goes on, and nothing accepted is lost', async () => {
  const [primary, replica] = await Promise.all([startRedis(), startRedis()]);
  const { port } = new URL(primary.url);
  await command(replica.url, 'REPLICAOF', '127.0.0.1', port);
  const address = await startAddress(primary.url);
  stack = createStack(address.url);
  const [api] = await Promise.all([stack.api(), stack.worker()]);
  const { id } = await predict(api, await digitPng(3));
  await until(
    'the replica has everything',
    async () => {
      const [ahead, behind] = await Promise.all([primary, replica].map(({ url }) => replicated(url)));
      return behind!.isUp && ahead!.offset === behind!.offset;
    },
    20_000,
  );

  address.pointTo(replica.url);
  await command(replica.url, 'REPLICAOF', 'NO', 'ONE');
  await command(primary.url, 'REPLICAOF', '127.0.0.1', new URL(replica.url).port);
  stack.redis.disconnect(true);

  const image = await digitPng(7);
  await until(
    'the service predicts again',
    async () => (await postPredict(api, form(image))).status === 200,
    15_000,
  );
  expect(await find(api, id)).toMatchObject({ status: 'succeeded', result: { predicted_digit: 3 } });
  const { id: polled } = await submit(api, image);
  expect(await find(api, polled, 20)).toMatchObject({ status: 'succeeded' });
});

describe('Redis with little memory', () => {
  test('takes no image when it is nearly full, names the cause, and still finishes the images that it took', async () => {
    const redis = await startRedis();
    stack = createStack(redis.url);
    const api = await stack.api();
    const image = await digitPng(7);
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await submit(api, image)).id));
    // A small Redis uses most memory for itself and for its clients' buffers: the test adds many times as much.
    for (let i = 0; i < 60; i++)
      await stack.redis.set(`${stack.prefix}:ballast-${i}`, Buffer.alloc(1_000_000));
    const used = Number(/used_memory:(\d+)/.exec(await stack.redis.info('memory'))?.[1]);
    await stack.redis.config('SET', 'maxmemory', String(Math.round(used / 0.9)));
    const refused = await until('the api refuses images', async () => {
      const response = await send(api, image);
      return response.status === 503 && response;
    });
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await problemOf(refused)).toMatchObject({ code: 'queue-full', retryable: true });
    const batch = await fetch(`${api.url}/batches`, { method: 'POST', body: form(image) });
    expect(await problemOf(batch)).toMatchObject({ status: 503, code: 'queue-full' });
    const serving = await (await fetch(`${api.url}/health/serving`)).json();
    expect(serving.reasons).toContainEqual(expect.stringContaining('Redis is nearly full'));
    // What was read can still be fetched.
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);

    await stack.worker();
    for (const id of ids) expect(await find(api, id, 20)).toMatchObject({ status: 'succeeded' });
    await stack.redis.config('SET', 'maxmemory', '0');
    await until('the api takes images', async () => (await postPredict(api, form(image))).status === 200);
  });

  test('is named where it may evict accepted images', async () => {
    const redis = await startRedis();
    stack = createStack(redis.url);
    await stack.redis.config('SET', 'maxmemory', '1gb');
    await stack.redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const api = await stack.api();
    const { warnings } = await (await fetch(`${api.url}/health/ready`)).json();
    expect(warnings).toEqual([expect.stringContaining('noeviction')]);
    await api.stop();
    expect(api.tail().join('\n')).toContain('noeviction');
  });
});

test('a full queue refuses a batch at once, and keeps nothing of it', async () => {
  const redis = await startRedis();
  stack = createStack(redis.url);
  const api = await stack.api({ QUEUE_MAX_COUNT: '40' });
  const image = await digitPng(7);
  const filling = new FormData();
  for (let i = 0; i < 40; i++) filling.append('file', new Blob([new Uint8Array(image)]), `${i}.png`);
  expect((await fetch(`${api.url}/batches`, { method: 'POST', body: filling })).status).toBe(202);
  const body = new FormData();
  for (let i = 0; i < 300; i++) body.append('file', new Blob([new Uint8Array(image)]), `${i}.png`);
  const start = performance.now();
  const response = await fetch(`${api.url}/batches`, { method: 'POST', body });
  expect(await problemOf(response)).toMatchObject({ status: 503, code: 'queue-full' });
  expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(performance.now() - start).toBeLessThan(5_000);
  const health = await (await fetch(api.url)).json();
  expect(health.queue).toMatchObject({
    pictures: 40,
    bytes: 40 * image.length,
    jobs: { waiting: 2, active: 0 },
  });
});

test('a batch that breaks off leaves no jobs behind', async () => {
  const redis = await startRedis();
  stack = createStack(redis.url);
  const api = await stack.api();
  const image = await digitPng(7);
  const body = new FormData();
  for (let i = 0; i < 100; i++) body.append('file', new Blob([new Uint8Array(image)]), `${i}.png`);
  body.append('other', new Blob([new Uint8Array(image)]), 'wrong.png');
  const response = await fetch(`${api.url}/batches`, { method: 'POST', body });
  expect(await problemOf(response)).toMatchObject({ status: 400, code: 'unexpected-field' });
  const health = await (await fetch(api.url)).json();
  expect(health.queue).toEqual({
    pictures: 0,
    bytes: 0,
    jobs: { waiting: 0, active: 0 },
    waiting: { at_once: 0, in_turns: 0, batches: 0, again: 0 },
    oldest_waiting_seconds: 0,
  });
});

describe('Redis that lost its data', () => {
  const hasNoticed = ({ tail }: Running) => tail().some((line) => line.includes('lost its data'));

  test('is noticed; old ids are gone, and two apis accept each other’s ids', async () => {
    const redis = await startRedis();
    stack = createStack(redis.url);
    const [api, other] = await Promise.all([stack.api(), stack.api()]);
    const image = await digitPng(7);
    const { id } = await submit(api, image);
    const subscriber = await connectSubscriber(other);
    await subscriber.subscribe({ topic: 'prediction', id });
    const reconnected = once(subscriber.socket as never, 'connect');
    await stack.redis.flushall();
    await until('both log its loss', () => hasNoticed(api) && hasNoticed(other));
    expect((await fetch(`${api.url}/predictions/${id}`)).status).toBe(410);
    // A follower would wait for ever: it is made to connect, and to subscribe, again.
    await reconnected;
    const reply = await subscriber.request({ topic: 'prediction', id });
    expect(reply).toMatchObject({ ok: false, problem: { code: 'prediction-expired' } });
    subscriber.close();
    await stack.worker();
    await until('the worker takes jobs', async () => (await postPredict(api, form(image))).status === 200);
    const { id: fresh } = await predict(api, image);
    expect(await find(other, fresh)).toMatchObject({ status: 'succeeded' });
    expect((await fetch(`${other.url}/predictions/${id}`)).status).toBe(410);
  });

  test('holds none of a client’s earlier images against it', async () => {
    const redis = await startRedis();
    stack = createStack(redis.url);
    const api = await stack.api();
    const image = await digitPng(7, { side: 28 });
    // From the next one on the client would take turns.
    for (let i = 0; i < 32; i++) await submit(api, image);
    await stack.redis.flushall();
    await until('the api logs its loss', () => hasNoticed(api));
    await submit(api, image);
    const { queue } = activity.parse(await (await fetch(`${api.url}/activity`)).json());
    expect(queue?.waiting).toMatchObject({ at_once: 1, in_turns: 0 });
  });
});

test('the api skips an unreadable worker record, and logs it once', async () => {
  const redis = await startRedis();
  stack = createStack(redis.url);
  const [api] = await Promise.all([stack.api(), stack.worker()]);
  await stack.redis.sadd(`${stack.prefix}:workers`, 'strange');
  await stack.redis.set(`${stack.prefix}:worker:strange`, '{"id":7}');
  for (let i = 0; i < 3; i++) {
    const ready = await fetch(`${api.url}/health/ready`);
    expect(await ready.json()).toMatchObject({ status: 'ready', workers: { ready: 1 } });
  }
  // What it logged has arrived here once it has ended.
  await api.stop();
  expect(api.tail().filter((line) => line.includes('not readable'))).toHaveLength(1);
});

test('a worker whose clock is two hours behind changes no result’s time to live', async () => {
  const redis = await startRedis();
  stack = createStack(redis.url);
  const behind = 'data:text/javascript,const now = Date.now; Date.now = () => now() - 7200000;';
  const [api] = await Promise.all([
    stack.api({ RESULT_TTL_SECONDS: '3600' }),
    stack.worker({ NODE_OPTIONS: `--import "${behind}"` }),
  ]);
  const before = Date.now();
  const { id } = await predict(api, await digitPng(4));
  const found = await find(api, id);
  expect(found).toMatchObject({ status: 'succeeded' });
  expect(Math.abs(Date.parse(found.finished_at!) - before)).toBeLessThan(60_000);
});
