import { createPrivateRedis, type PrivateRedis } from '@inkqueue/scripts/private-redis';
import { type Activity, activity } from '@inkqueue/shared/contracts/activity';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { form, postPredict, predict, submit } from './client.ts';
import { blankPage, digitPng } from './pictures.ts';
import { createStack, type Stack } from './stack.ts';
import { connectSubscriber, type Subscriber } from './subscriber.ts';
import { until } from './until.ts';

let stack: Stack;
let redis: PrivateRedis | null;
let subscriber: Subscriber | null;
beforeEach(() => {
  stack = createStack();
  redis = null;
  subscriber = null;
});
afterEach(async () => {
  subscriber?.close();
  await stack.close();
  await redis?.remove();
});

async function findActivity(api: { url: string }): Promise<Activity> {
  const response = await fetch(`${api.url}/activity`);
  expect(response.status).toBe(200);
  return activity.parse(await response.json());
}

/** What a subscriber receives, the snapshot first. */
async function subscribe(to: Subscriber): Promise<Activity[]> {
  to.activity.unshift(await to.subscribe({ topic: 'activity' }));
  return to.activity;
}

const ended = ({ points }: Activity) => ({
  succeeded: points.reduce((sum, point) => sum + point.succeeded, 0),
  failed: points.reduce((sum, point) => sum + point.failed, 0),
});

test('what came, ended and was refused adds up over processes and restarts, in points of three spans', async () => {
  const [api, other] = await Promise.all([stack.api(), stack.api()]);
  const digit = await digitPng(4);
  const { id } = await submit(api, digit);
  await Promise.all([submit(api, digit), submit(other, digit), submit(other, await blankPage())]);
  await fetch(`${api.url}/predictions/${id}/cancel`, { method: 'POST' });
  for (let i = 0; i < 2; i++) expect((await postPredict(other, 'no picture')).status).toBe(415);
  const worker = await stack.worker();
  const seen = async (url: string) => {
    const found = activity.parse(await (await fetch(url)).json());
    const sum = (of: 'accepted' | 'succeeded' | 'failed' | 'canceled') =>
      found.points.reduce((all, point) => all + point[of]!, 0);
    return [sum('accepted'), sum('succeeded'), sum('failed'), sum('canceled'), found.refused, found.failed];
  };
  const expected = [4, 2, 1, 1, [{ code: 'unsupported-format', count: 2 }], [{ code: 'no-ink', count: 1 }]];
  await expect.poll(() => seen(`${api.url}/activity`), { timeout: 10_000 }).toEqual(expected);
  await Promise.all([api.stop(), other.stop(), worker.stop()]);
  const next = await stack.api();
  for (const span of ['minutes', 'hour', 'day'])
    expect(await seen(`${next.url}/activity?span=${span}`)).toEqual(expected);
  expect((await fetch(`${next.url}/activity?span=year`)).status).toBe(400);
});

test('the activity tells what waits at once from bursts, batches and other tries', async () => {
  const api = await stack.api();
  const digit = await digitPng(4, { side: 28 });
  for (let i = 0; i < 40; i++) await submit(api, digit);
  const batch = new FormData();
  batch.append('file', new Blob([new Uint8Array(digit)]), 'a.png');
  await fetch(`${api.url}/batches`, { method: 'POST', body: batch });
  const { queue, bounds, operated } = await findActivity(api);
  expect(queue).toMatchObject({
    pictures: 41,
    waiting: { at_once: 32, in_turns: 8, batches: 1, again: 0 },
  });
  expect(bounds).toMatchObject({ pictures: 20_000, redis_used_bytes: expect.any(Number) });
  expect(operated).toEqual({ paused: false, drained: false });
});

test('every api alike counts ended predictions, and how long they took', async () => {
  const [api, other] = await Promise.all([stack.api(), stack.api(), stack.worker()]);
  await Promise.all(Array.from({ length: 10 }, async () => predict(api, await digitPng(3))));
  expect((await postPredict(api, form(await blankPage()))).status).toBe(422);
  for (const replica of [api, other]) {
    const now = await until('every end is counted', async () => {
      const found = await findActivity(replica);
      return ended(found).failed === 1 && ended(found).succeeded === 10 && found;
    });
    const busy = now.points.filter(({ succeeded }) => succeeded > 0);
    for (const { p50_ms, p95_ms } of busy) {
      expect(p50_ms).toBeGreaterThanOrEqual(0);
      expect(p95_ms).toBeGreaterThanOrEqual(p50_ms!);
      expect(p95_ms).toBeLessThan(20_000);
    }
    const starts = now.points.map(({ at }) => Date.parse(at));
    expect(starts.every((at, i) => i === 0 || at - starts[i - 1]! === 5_000)).toBe(true);
  }
});

test('subscribers get the queue and the work of each worker', async () => {
  const api = await stack.api();
  subscriber = await connectSubscriber(api);
  const received = await subscribe(subscriber);
  expect(received[0]).toMatchObject({ workers: [], queue: { pictures: 0 } });
  const image = await digitPng(7);
  await Promise.all(Array.from({ length: 20 }, () => submit(api, image)));
  await until('all wait', () => received.find(({ queue }) => queue?.pictures === 20));
  await Promise.all([stack.worker(), stack.worker()]);
  const finished = ({ workers }: Activity) => workers.reduce((sum, worker) => sum + worker.finished, 0);
  // The counts of a worker and its announcement reach Redis apart.
  const last = await until('both workers announce what they finished, and their ends are counted', () =>
    received.find((now) => now.workers.length === 2 && finished(now) === 20 && ended(now).succeeded >= 20),
  );
  expect(last.workers.map(({ running }) => running)).toEqual([0, 0]);
  expect(Object.keys(last.workers[0]!).toSorted()).toEqual([
    'beat_at',
    'busy_since',
    'finished',
    'id',
    'jobs',
    'memory_bytes',
    'model',
    'per_second',
    'running',
    'started_at',
  ]);
  expect(ended(last)).toEqual({ succeeded: 20, failed: 0 });
});

test('a client that unsubscribes gets nothing more, and others go on', async () => {
  const api = await stack.api();
  subscriber = await connectSubscriber(api);
  const other = await connectSubscriber(api);
  const [received, others] = [await subscribe(subscriber), await subscribe(other)];
  await until('both get updates', () => received.length > 1 && others.length > 1);
  subscriber.socket.emit('unsubscribe', { topic: 'activity' });
  // The connection keeps its order: the api replies after it carried out the unsubscribe.
  await subscriber.request({ topic: 'prediction', id: '' });
  const [before, othersBefore] = [received.length, others.length];
  await until('the other gets two more', () => others.length > othersBefore + 1);
  expect(received).toHaveLength(before);
  other.close();
});

test('while Redis is away activity has no queue and no workers, and both once Redis is back', async () => {
  redis = await createPrivateRedis();
  await stack.close();
  stack = createStack(redis.url);
  const [api] = await Promise.all([stack.api(), stack.worker()]);
  await predict(api, await digitPng(2));
  subscriber = await connectSubscriber(api);
  const received = await subscribe(subscriber);
  await until('the worker is there, and its work is counted', () =>
    received.find((now) => now.workers.length === 1 && ended(now).succeeded === 1),
  );
  await redis.kill();
  const away = await until('the queue is null', () => received.find(({ queue }) => queue === null));
  expect(away.workers).toEqual([]);
  expect(ended(away)).toEqual({ succeeded: 1, failed: 0 });
  await until('the queue is null over REST', async () => (await findActivity(api)).queue === null);
  const { length } = received;
  await until('updates go on', () => received.length > length + 1);
  await redis.start();
  await until('queue and worker are back', () => {
    const now = received.at(-1);
    return now?.queue && now.workers.length === 1;
  });
});
