import { batchAccepted, batchProgress } from '@inkqueue/shared/contracts/batch';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import type { Problem } from '@inkqueue/shared/contracts/problems';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { find, form, predict, problemOf, submit } from './client.ts';
import { digitPng, heavyPage } from './pictures.ts';
import type { Running } from './processes.ts';
import { imagesKey, waitingImages, waitingJobs } from './queue.ts';
import { createStack, type Stack } from './stack.ts';
import { connectSubscriber } from './subscriber.ts';
import { until } from './until.ts';

// Predictions that end before a worker ends them, over two api processes.

let stack: Stack;
let api: Running;
let other: Running;
let seven: Buffer;
let heavy: Buffer;
beforeAll(async () => {
  [seven, heavy] = await Promise.all([digitPng(7), heavyPage()]);
});
beforeEach(async () => {
  stack = createStack();
  [api, other] = await Promise.all([stack.api(), stack.api()]);
});
afterEach(() => stack.close());

const cancel = (at: Running, path: string) => fetch(`${at.url}${path}/cancel`, { method: 'POST' });
const canceled = async (response: Response) => {
  expect(response.status).toBe(200);
  return prediction.parse(await response.json());
};

async function submitBatch(count: number, headers: HeadersInit = {}) {
  const body = new FormData();
  for (let i = 0; i < count; i++) body.append('file', new Blob([new Uint8Array(seven)]), `${i}.png`);
  const response = await fetch(`${api.url}/batches`, { method: 'POST', body, headers });
  expect(response.status).toBe(202);
  return batchAccepted.parse(await response.json());
}

/** The workers' count of finished images. */
async function imagesRead(): Promise<number> {
  const keys = await stack.redis.keys(`${stack.prefix}:*`);
  expect(keys.length).toBeGreaterThan(0);
  const activity = (await (await fetch(`${api.url}/activity`)).json()) as { workers: { finished: number }[] };
  return activity.workers.reduce((sum, { finished }) => sum + finished, 0);
}

test('any api process cancels a prediction that waits: its bytes go, and the waits and followers of the other get its end', async () => {
  const { id } = await submit(api, seven);
  const follower = await connectSubscriber(api);
  await follower.subscribe({ topic: 'prediction', id });
  const waiting = find(api, id, 20);
  const ended = await canceled(await cancel(other, `/predictions/${id}`));
  expect(ended).toMatchObject({ status: 'canceled', started_at: null, error: { code: 'canceled' } });
  expect(await waiting).toEqual(ended);
  await until('the follower has the end', () => follower.predictions.length > 0);
  expect(follower.predictions).toEqual([ended]);
  follower.close();
  expect(await find(other, id)).toEqual(ended);
  // Nothing is left to read.
  expect(await stack.redis.exists(imagesKey(stack.prefix, id))).toBe(0);
  expect(await waitingJobs(stack.redis, stack.prefix)).toEqual([]);
  // Safe to repeat, and still so with a worker.
  expect(await canceled(await cancel(api, `/predictions/${id}`))).toEqual(ended);
  await stack.worker();
  await predict(api, seven);
  expect(await find(api, id)).toEqual(ended);
});

test('each picture of a shared job is canceled by itself', async () => {
  const { predictions } = await submitBatch(3);
  const ids = predictions.map((entry) => entry.id);
  await canceled(await cancel(other, `/predictions/${ids[1]}`));
  expect(await stack.redis.hstrlen(imagesKey(stack.prefix, ids[1]!), '1')).toBe(0);
  expect(await stack.redis.get(`${stack.prefix}:uploads-count`)).toBe('2');
  await stack.worker();
  const ends = await Promise.all(ids.map((id) => find(other, id, 20)));
  expect(ends.map(({ status }) => status)).toEqual(['succeeded', 'canceled', 'succeeded']);
});

test('of one that runs, what the worker still returns is discarded', async () => {
  await stack.worker();
  const { id } = await submit(api, heavy);
  await until('it runs', async () => (await find(api, id)).status === 'running');
  const waiting = find(api, id, 20);
  const ended = await canceled(await cancel(other, `/predictions/${id}`));
  expect(ended).toMatchObject({ status: 'canceled', started_at: expect.any(String), result: null });
  expect(await waiting).toEqual(ended);
  // The worker has ended the job once it takes the next heavy one.
  const next = await submit(api, heavy);
  expect(await find(api, next.id, 20)).toMatchObject({ status: 'succeeded' });
  expect(await find(other, id)).toEqual(ended);
  expect(await canceled(await cancel(api, `/predictions/${id}`))).toEqual(ended);
});

test('what has ended stays as it is, and the answer says how it ended', async () => {
  await stack.worker();
  const { id } = await predict(api, seven);
  const problem: Problem = await problemOf(await cancel(other, `/predictions/${id}`));
  expect(problem).toMatchObject({
    status: 409,
    code: 'already-finished',
    prediction_id: id,
    prediction_status: 'succeeded',
  });
  expect((await find(api, id)).status).toBe('succeeded');
  const unknown = await cancel(api, '/predictions/01234567-89ab-7def-8123-456789abcdef');
  expect(await problemOf(unknown)).toMatchObject({ code: 'prediction-not-found' });
});

test('a batch is canceled as far as it has not ended', async () => {
  const { id, predictions } = await submitBatch(100);
  const progress = batchProgress.parse(await (await cancel(other, `/batches/${id}`)).json());
  expect(progress).toMatchObject({ finished: true, counts: { canceled: 100 } });
  expect(await waitingJobs(stack.redis, stack.prefix)).toEqual([]);
  expect((await cancel(api, `/batches/${id}`)).status).toBe(200);
  expect((await find(api, predictions[99]!.id)).status).toBe('canceled');
  await stack.worker();
  const read = await submitBatch(2);
  await Promise.all(read.predictions.map((entry) => find(api, entry.id, 20)));
  expect(await problemOf(await cancel(api, `/batches/${read.id}`))).toMatchObject({
    code: 'already-finished',
  });
});

test('what no worker began with in time is canceled, and the answer names the limit', async () => {
  const { predictions } = await submitBatch(2, { 'Cancel-After': '300ms' });
  const response = await fetch(`${api.url}/predict`, {
    method: 'POST',
    body: form(seven),
    headers: { 'Cancel-After': '0.5s' },
  });
  const problem = await problemOf(response);
  expect(problem).toMatchObject({ status: 504, code: 'deadline-passed', retryable: true });
  expect(problem.detail).toContain('0.5 s, the limit that Cancel-After set');
  for (const { id } of predictions) {
    const ended = await find(other, id, 5);
    expect(ended).toMatchObject({ status: 'canceled', error: { code: 'deadline-passed' } });
  }
  expect(await waitingJobs(stack.redis, stack.prefix)).toEqual([]);
  expect(await stack.redis.zcard(`${stack.prefix}:deadlines`)).toBe(0);
  const wrong = await fetch(`${api.url}/predictions`, {
    method: 'POST',
    body: form(seven),
    headers: { 'Cancel-After': 'soon' },
  });
  expect(await problemOf(wrong)).toMatchObject({ code: 'invalid-request' });
});

test('a worker reads nothing whose time has passed, also where no api process ended it', async () => {
  const late = await submit(api, seven);
  const { predictions } = await submitBatch(1, { 'Cancel-After': '200ms' });
  await Promise.all([api.kill(), other.kill()]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await stack.worker();
  api = await stack.api();
  expect(await find(api, predictions[0]!.id, 10)).toMatchObject({
    status: 'canceled',
    error: { code: 'deadline-passed' },
  });
  expect(await find(api, late.id, 10)).toMatchObject({ status: 'succeeded' });
});

test('QUEUE_TIME_MAX_SECONDS limits all, and the shorter limit holds', async () => {
  const limited = await stack.api({ QUEUE_TIME_MAX_SECONDS: '1' });
  const [long, short] = await Promise.all([submit(limited, seven), submit(limited, seven)]);
  expect([long.status, short.status]).toEqual(['queued', 'queued']);
  const ended = await find(limited, long.id, 5);
  expect(ended).toMatchObject({ status: 'canceled', error: { code: 'deadline-passed' } });
  expect(ended.error?.detail).toContain('1 s, this service’s limit');
});

test('what began in time is read to its end', async () => {
  await stack.worker();
  const response = await fetch(`${api.url}/predictions`, {
    method: 'POST',
    body: form(heavy),
    headers: { 'Cancel-After': '200ms' },
  });
  const { id } = prediction.parse(await response.json());
  expect(await find(api, id, 20)).toMatchObject({ status: 'succeeded' });
});

test('what a worker had begun with in time is read though the worker died', async () => {
  const worker = await stack.worker();
  const response = await fetch(`${api.url}/predictions`, {
    method: 'POST',
    body: form(heavy),
    headers: { 'Cancel-After': '1s' },
  });
  const { id } = prediction.parse(await response.json());
  await until('it runs', async () => (await find(api, id)).status === 'running');
  await worker.kill();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await stack.worker();
  expect(await find(api, id, 30)).toMatchObject({ status: 'succeeded' });
  await stack.untilForgotten(worker);
});

test('a deadline that passes while the job is written is not forgotten', async () => {
  const accepted = await Promise.all(
    Array.from({ length: 20 }, () =>
      fetch(`${api.url}/predictions`, {
        method: 'POST',
        body: form(heavy),
        headers: { 'Cancel-After': '1ms' },
      }),
    ),
  );
  for (const response of accepted) {
    const { id } = prediction.parse(await response.json());
    expect(await find(api, id, 5)).toMatchObject({ status: 'canceled' });
  }
});

test('200 clients that hang up on a stopped queue leave nothing to read', async () => {
  const gone = new AbortController();
  const requests = Array.from({ length: 200 }, (_, i) =>
    fetch(`${(i % 2 ? api : other).url}/predict`, { method: 'POST', body: form(seven), signal: gone.signal }),
  );
  const stays = fetch(`${api.url}/predict`, {
    method: 'POST',
    body: form(seven),
    headers: { 'Cancel-On-Disconnect': 'false' },
    signal: gone.signal,
  });
  await until('all wait', async () => (await waitingImages(stack.redis, stack.prefix)) === 201);
  gone.abort();
  const ends = await Promise.allSettled([...requests, stays]);
  expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
  await until('one is left', async () => (await stack.redis.get(`${stack.prefix}:uploads-count`)) === '1');
  await stack.worker();
  await until('it is read', async () => (await waitingJobs(stack.redis, stack.prefix)).length === 0);
  await until('the worker has read one', async () => (await imagesRead()) > 0);
  expect(await stack.redis.get(`${stack.prefix}:uploads-count`)).toBe('0');
});

test('a wait that ran out is no hang-up', async () => {
  const hasty = await stack.api({ PREDICT_TIMEOUT_MS: '100' });
  const response = await fetch(`${hasty.url}/predict`, { method: 'POST', body: form(seven) });
  expect(response.status).toBe(202);
  const { id } = prediction.parse(await response.json());
  await stack.worker();
  expect(await find(api, id, 20)).toMatchObject({ status: 'succeeded' });
});
