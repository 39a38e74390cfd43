import { batchAccepted, batchProgress } from '@inkqueue/shared/contracts/batch';
import { type Prediction, prediction, predictionPage } from '@inkqueue/shared/contracts/prediction';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { brokenWorker } from './broken-worker.ts';
import { find, form, predict, problemOf, submit } from './client.ts';
import { followEvents } from './events.ts';
import { blankPage, digitPng, heavyPage } from './pictures.ts';
import type { Running } from './processes.ts';
import { jobOf } from './queue.ts';
import { createStack, type Stack } from './stack.ts';
import { until } from './until.ts';

// Deleting, reading again and listing, over two api processes.

let stack: Stack;
let api: Running;
let other: Running;
let seven: Buffer;
beforeAll(async () => {
  seven = await digitPng(7);
});
beforeEach(async () => {
  stack = createStack();
  const env = { LIST_PREDICTIONS: '1', FEEDBACK: '1' };
  [api, other] = await Promise.all([stack.api(env), stack.api(env)]);
});
afterEach(() => stack.close());

const remove = (at: Running, path: string) => fetch(at.url + path, { method: 'DELETE' });
const retry = (at: Running, path: string) => fetch(`${at.url}${path}/retry`, { method: 'POST' });
const page = async (query = '', at = api) =>
  predictionPage.parse(await (await fetch(`${at.url}/predictions${query}`)).json());
const idsOf = ({ predictions }: { predictions: Prediction[] }) => predictions.map(({ id }) => id);

async function submitBatch(...images: Buffer[]) {
  const body = new FormData();
  for (const [i, image] of images.entries())
    body.append('file', new Blob([new Uint8Array(image)]), `${i}.png`);
  return batchAccepted.parse(await (await fetch(`${api.url}/batches`, { method: 'POST', body })).json());
}

const gone = async (response: Response) => {
  expect(await problemOf(response)).toMatchObject({
    status: 410,
    code: 'prediction-expired',
    data_removed: true,
  });
};

test('what is deleted is gone at once, at every process: picture, result, feedback and its place in a batch', async () => {
  const { id: waiting } = await submit(api, seven);
  expect((await remove(other, `/predictions/${waiting}`)).status).toBe(204);
  await gone(await fetch(`${api.url}/predictions/${waiting}`));
  await gone(await remove(api, `/predictions/${waiting}`));
  expect(await stack.redis.keys(`${stack.prefix}:*${jobOf(waiting)}*`)).toEqual([]);
  await stack.worker();
  const { id, links } = await predict(api, seven);
  await fetch(api.url + links.feedback, {
    method: 'PUT',
    body: '{"digit":7}',
    headers: { 'content-type': 'application/json' },
  });
  expect((await remove(other, `/predictions/${id}`)).status).toBe(204);
  await gone(await fetch(`${api.url}/predictions/${id}?wait=1`));
  await gone(await fetch(`${api.url}/predictions/${id}/events`));
  expect(await stack.redis.hlen(`${stack.prefix}:feedback`)).toBe(0);
  const shared = await submitBatch(seven, seven, seven);
  const [first, second, third] = shared.predictions.map((entry) => entry.id);
  await Promise.all([first, second, third].map((each) => find(api, each!, 10)));
  await remove(api, `/predictions/${second}`);
  await gone(await fetch(`${other.url}/predictions/${second}`));
  expect(await find(other, first!)).toMatchObject({ status: 'succeeded', result: { predicted_digit: 7 } });
  const record = await stack.redis.hget(`${stack.prefix}:${QUEUE_NAME}:${jobOf(second!)}`, 'returnvalue');
  expect(JSON.parse(record!).outcomes[1]).not.toHaveProperty('result');
  const batch = await (await fetch(`${api.url}/batches/${shared.id}`)).json();
  expect(batch).toMatchObject({ finished: true, counts: { succeeded: 2, expired: 1 } });
});

test('one that runs is canceled first, and what its worker returns is not kept', async () => {
  await stack.worker();
  const { id } = await submit(api, await heavyPage());
  await until('it runs', async () => (await find(api, id)).status === 'running');
  expect((await remove(other, `/predictions/${id}`)).status).toBe(204);
  await gone(await fetch(`${api.url}/predictions/${id}`));
  await until('nothing of it is left', async () => {
    const left = await stack.redis.keys(`${stack.prefix}:*${jobOf(id)}*`);
    return left.length === 0;
  });
});

test('a batch is deleted with all that it has', async () => {
  const { id, predictions } = await submitBatch(seven, seven);
  expect((await remove(other, `/batches/${id}`)).status).toBe(204);
  expect(await problemOf(await fetch(`${api.url}/batches/${id}`))).toMatchObject({
    code: 'batch-expired',
    data_removed: true,
  });
  await gone(await fetch(`${api.url}/predictions/${predictions[0]!.id}`));
  expect(await stack.redis.get(`${stack.prefix}:uploads-count`)).toBe('0');
});

test('what failed by the service’s fault is read again under its id; its neighbours stay as they are', async () => {
  const broken = brokenWorker(stack);
  const { id, predictions } = await submitBatch(seven, seven);
  const [first, second] = predictions.map((entry) => entry.id);
  const failed = await find(api, first!, 20);
  expect(failed).toMatchObject({ status: 'failed', error: { code: 'internal' } });
  await until('the pictures are kept', () => stack.redis.exists(`${stack.prefix}:kept:${jobOf(first!)}`));
  await broken.close();
  const again = prediction.parse(await (await retry(other, `/predictions/${first}`)).json());
  expect(again).toMatchObject({ id: first, status: 'queued', error: null });
  expect(await find(api, second!)).toMatchObject({ status: 'failed' });
  await broken.releaseLate();
  expect(await stack.redis.get(`${stack.prefix}:uploads-count`)).toBe('1');
  expect(await problemOf(await retry(api, `/predictions/${first}`))).toMatchObject({ status: 409 });
  const waiting = find(api, first!, 20);
  await stack.worker();
  expect(await waiting).toMatchObject({ id: first, status: 'succeeded', result: { predicted_digit: 7 } });
  // The rest of the batch, now that the first of them is read.
  const progress = batchProgress.parse(await (await retry(other, `/batches/${id}`)).json());
  expect(progress.counts.failed).toBe(0);
  expect(await find(api, second!, 20)).toMatchObject({ status: 'succeeded' });
  expect(await find(api, first!)).toEqual(await waiting);
  expect(await problemOf(await retry(api, `/batches/${id}`))).toMatchObject({ code: 'not-retryable' });
});

test('two retries of one moment are both read', async () => {
  const broken = brokenWorker(stack);
  const { predictions } = await submitBatch(seven, seven);
  const ids = predictions.map((entry) => entry.id);
  await Promise.all(ids.map((id) => find(api, id, 20)));
  await until('they are kept', () => stack.redis.exists(`${stack.prefix}:kept:${jobOf(ids[0]!)}`));
  await broken.close();
  await stack.worker();
  const again = async (id: string, at: Running): Promise<void> => {
    const { status } = await retry(at, `/predictions/${id}`);
    expect([200, 409]).toContain(status);
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return again(id, at);
  };
  await Promise.all([again(ids[0]!, api), again(ids[1]!, other)]);
  for (const id of ids) expect(await find(api, id, 20)).toMatchObject({ status: 'succeeded' });
  expect(await stack.redis.get(`${stack.prefix}:kept-bytes`)).toBe('0');
});

test('a picture that fails again and again is kept once: the books of what is kept do not grow', async () => {
  const broken = brokenWorker(stack);
  const { id } = await submit(api, seven);
  for (let i = 0; i < 4; i++) {
    await until('it failed', async () => (await find(api, id)).status === 'failed');
    await until('it is kept', () => stack.redis.exists(`${stack.prefix}:kept:${jobOf(id)}`));
    expect(await stack.redis.get(`${stack.prefix}:kept-bytes`)).toBe(String(seven.length));
    expect((await retry(api, `/predictions/${id}`)).status).toBe(200);
  }
  await remove(other, `/predictions/${id}`);
  await broken.close();
  await until('nothing of it is left', async () => {
    const left = await stack.redis.keys(`${stack.prefix}:*${jobOf(id)}*`);
    return left.length === 0;
  });
});

test('what the client said that the picture shows still holds when it is read again', async () => {
  const broken = brokenWorker(stack);
  const accepted = await fetch(`${api.url}/predictions?expect=many`, { method: 'POST', body: form(seven) });
  const { id } = prediction.parse(await accepted.json());
  await find(api, id, 20);
  await until('it is kept', () => stack.redis.exists(`${stack.prefix}:kept:${jobOf(id)}`));
  await broken.close();
  expect((await retry(other, `/predictions/${id}`)).status).toBe(200);
  const data = await stack.redis.hget(`${stack.prefix}:${QUEUE_NAME}:${jobOf(id)}`, 'data');
  expect(JSON.parse(data!).pictures).toEqual([{ bytes: seven.length, expect: 'many' }]);
});

test('who follows a batch is told that a part of it is read again', async () => {
  const broken = brokenWorker(stack);
  const { id, predictions } = await submitBatch(...Array.from({ length: 33 }, () => seven));
  await find(api, predictions[0]!.id, 20);
  await find(api, predictions[32]!.id, 20);
  await broken.close();
  const lone = predictions[32]!.id;
  await until('the pictures are kept', () => stack.redis.exists(`${stack.prefix}:kept:${jobOf(lone)}`));
  await retry(api, `/predictions/${lone}`);
  const stream = await followEvents(`${other.url}/batches/${id}/events`);
  await until('it has begun', () => stream.events.length > 0);
  await retry(api, `/predictions/${predictions[0]!.id}`);
  await until('the retry is told', () => {
    const last = batchProgress.parse(stream.events.at(-1)?.data);
    return last.counts.queued === 2 && last.counts.failed === 31;
  });
  await stack.worker();
  await stream.ended;
  expect(batchProgress.parse(stream.events.at(-1)?.data)).toMatchObject({
    finished: true,
    counts: { succeeded: 2, failed: 31 },
  });
});

test('what failed by its picture’s fault is not read again, nor what is no longer there', async () => {
  await stack.worker();
  const blank = await submit(api, await blankPage());
  await find(api, blank.id, 10);
  expect(await problemOf(await retry(other, `/predictions/${blank.id}`))).toMatchObject({
    status: 409,
    code: 'not-retryable',
    prediction_status: 'failed',
  });
  const { id } = await predict(api, seven);
  expect(await problemOf(await retry(other, `/predictions/${id}`))).toMatchObject({ code: 'not-retryable' });
  await remove(api, `/predictions/${id}`);
  await gone(await retry(api, `/predictions/${id}`));
});

test('a picture that is no longer kept cannot be read again', async () => {
  const broken = brokenWorker(stack);
  const { id } = await submit(api, seven);
  await find(api, id, 20);
  await until('it is kept', () => stack.redis.exists(`${stack.prefix}:kept:${jobOf(id)}`));
  await stack.redis.del(`${stack.prefix}:kept:${jobOf(id)}`);
  expect(await problemOf(await retry(api, `/predictions/${id}`))).toMatchObject({
    status: 410,
    code: 'picture-gone',
  });
  await broken.releaseLate();
  await broken.close();
});

test('predictions are listed newest first, page by page, by status and by batch', async () => {
  const singles = [await submit(api, seven), await submit(other, seven)];
  const batch = await submitBatch(seven, seven, seven);
  const order = [
    ...batch.predictions.map((entry) => entry.id).reverse(),
    ...singles.map(({ id }) => id).reverse(),
  ];
  expect(idsOf(await page())).toEqual(order);
  const walked: string[] = [];
  for (let query: string | null = '?limit=2'; query; ) {
    const { predictions, next } = await page(query, walked.length % 4 ? api : other);
    walked.push(...predictions.map(({ id }) => id));
    query = next === null ? null : next.slice(next.indexOf('?'));
  }
  expect(walked).toEqual(order);
  await fetch(`${api.url}/predictions/${order[1]}/cancel`, { method: 'POST' });
  expect(idsOf(await page('?status=canceled'))).toEqual([order[1]]);
  expect(idsOf(await page(`?batch=${batch.id}&limit=2`))).toEqual(order.slice(0, 2));
  await remove(api, `/predictions/${order[0]}`);
  expect(idsOf(await page())).toEqual(order.slice(1));
  for (const query of ['?after=nonsense', '?status=lost', '?limit=0']) {
    expect(await problemOf(await fetch(`${api.url}/predictions${query}`))).toMatchObject({
      code: 'invalid-request',
    });
  }
  const closed = await stack.api();
  expect(await problemOf(await fetch(`${closed.url}/predictions`))).toMatchObject({ code: 'list-off' });
  expect((await fetch(`${api.url}/predictions`, { method: 'POST', body: form(seven) })).status).toBe(202);
});
