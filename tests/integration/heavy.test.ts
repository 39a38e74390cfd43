import { batchAccepted } from '@inkqueue/shared/contracts/batch';
import { jobData } from '@inkqueue/shared/contracts/job';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { find, findEnded, predict, submit } from './client.ts';
import { digit, digitPng, heavyPage } from './pictures.ts';
import { jobOf } from './queue.ts';
import { createStack, type Stack } from './stack.ts';
import { until } from './until.ts';

let stack: Stack;
let heavy: Buffer;
let light: Buffer;
beforeAll(async () => {
  light = await digitPng(7, { side: 56 });
  heavy = await heavyPage();
});
beforeEach(() => {
  stack = createStack();
});
afterEach(() => stack.close());

const queueKey = (name: string) => `${stack.prefix}:${QUEUE_NAME}:${name}`;
const untilOneRuns = () =>
  until('a job is active', async () => (await stack.redis.llen(queueKey('active'))) > 0);

test('images that take long to decode are read one after the other, and others do not wait for them', async () => {
  const [api] = await Promise.all([stack.api(), stack.worker()]);
  const ids: string[] = [];
  for (let i = 0; i < 8; i++) ids.push((await submit(api, heavy)).id);
  const times: number[] = [];
  for (let i = 0; i < 20; i++) {
    const start = performance.now();
    expect(await predict(api, light)).toMatchObject({ predicted_digit: 7 });
    times.push(performance.now() - start);
  }
  expect(await find(api, ids.at(-1)!)).toMatchObject({ status: 'queued' });
  expect(Math.max(...times)).toBeLessThan(1_000);
  const ends = await Promise.all(ids.map((id) => findEnded(api, id)));
  expect(ends.map(({ result, error }) => result?.predicted_digit ?? error)).toEqual(ids.map(() => 4));
}, 180_000);

test('a photo of 200 megapixels is read, for it is shrunk while it is decoded', async () => {
  const photo = await digit(4, { side: 2_000 })
    .resize(16_320, 12_240, { fit: 'contain', background: '#fff', kernel: 'nearest' })
    .jpeg()
    .toBuffer();
  const [api] = await Promise.all([stack.api(), stack.worker()]);
  const { id } = await submit(api, photo);
  expect(await findEnded(api, id)).toMatchObject({ result: { predicted_digit: 4 } });
}, 180_000);

test('an image that only its decoder finds heavy is read when the worker has time for it', async () => {
  // Its header says that it is light; it lacks its end, and to repair it takes long.
  const whole = await digit(4, { side: 5_000 }).greyscale().toColourspace('b-w').png().toBuffer();
  const cut = whole.subarray(0, whole.length * 0.99);
  const [api] = await Promise.all([stack.api(), stack.worker()]);
  const ids = await Promise.all(Array.from({ length: 4 }, async () => (await submit(api, cut)).id));
  expect(await predict(api, light)).toMatchObject({ predicted_digit: 7 });
  const ends = await Promise.all(ids.map((id) => findEnded(api, id)));
  expect(ends.map(({ result, error }) => result?.predicted_digit ?? error)).toEqual([4, 4, 4, 4]);
  const jobs = await Promise.all(ids.map((id) => stack.redis.hget(queueKey(jobOf(id)), 'data')));
  expect(jobs.map((data) => jobData.parse(JSON.parse(data!)).heavy)).toEqual([true, true, true, true]);
}, 180_000);

test('a batch with heavy images among others gives each its own result', async () => {
  const [api] = await Promise.all([stack.api(), stack.worker()]);
  const body = new FormData();
  for (const [name, bytes] of [
    ['a', light],
    ['b', heavy],
    ['c', light],
    ['d', heavy],
    ['e', light],
  ] as const) {
    body.append('file', new Blob([new Uint8Array(bytes)]), `${name}.png`);
  }
  const response = await fetch(`${api.url}/batches`, { method: 'POST', body });
  const { predictions } = batchAccepted.parse(await response.json());
  const ends = await Promise.all(predictions.map(({ id }) => findEnded(api, id)));
  expect(ends.map(({ result, error }) => result?.predicted_digit ?? error)).toEqual([7, 4, 7, 4, 7]);
}, 180_000);

test('a worker that stops finishes the heavy image that it has, and the next worker the others', async () => {
  const [api, worker] = await Promise.all([stack.api(), stack.worker()]);
  const ids = await Promise.all(Array.from({ length: 3 }, async () => (await submit(api, heavy)).id));
  await untilOneRuns();
  await worker.stop();
  expect(await stack.redis.llen(queueKey('active'))).toBe(0);
  expect(await stack.redis.zcard(queueKey('completed'))).toBeGreaterThan(0);
  await stack.worker();
  const ends = await Promise.all(ids.map((id) => findEnded(api, id)));
  expect(ends.map(({ result, error }) => result?.predicted_digit ?? error)).toEqual([4, 4, 4]);
}, 180_000);

test('the heavy image of a worker that was killed is read by another one', async () => {
  const [api, worker] = await Promise.all([stack.api(), stack.worker()]);
  const { id } = await submit(api, heavy);
  await untilOneRuns();
  await worker.kill();
  await stack.worker();
  expect(await findEnded(api, id)).toMatchObject({ result: { predicted_digit: 4 } });
  await stack.untilForgotten(worker);
}, 180_000);
