import { predictResponse } from '@inkqueue/shared/contracts/api';
import { batchAccepted } from '@inkqueue/shared/contracts/batch';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { find, form, postPredict, problemOf } from './client.ts';
import { releaseOrphans } from './leaks.ts';
import { digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { waitingImages } from './queue.ts';
import { createStack, type Stack } from './stack.ts';

// Requests that come again, over two api processes: Idempotency-Key, the cache of results, and Prefer.

let stack: Stack;
let api: Running;
let other: Running;
let seven: Buffer;
let five: Buffer;
beforeAll(async () => {
  [seven, five] = await Promise.all([digitPng(7), digitPng(5)]);
});
beforeEach(async () => {
  stack = createStack();
  const env = { RESULT_CACHE_TTL_SECONDS: '60' };
  [api, other] = await Promise.all([stack.api(env), stack.api(env)]);
});
afterEach(() => stack.close());

const post = (at: Running, path: string, headers: Record<string, string>, image = seven) =>
  fetch(at.url + path, { method: 'POST', body: form(image), headers });
const accepted = async (response: Response) => {
  expect([200, 202]).toContain(response.status);
  return prediction.parse(await response.json());
};

test('50 simultaneous submits with one key at two processes are one prediction', async () => {
  const responses = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      // Quoted and bare, the key is the same.
      post(i % 2 ? api : other, '/predictions', { 'Idempotency-Key': i % 3 ? '"order-1"' : 'order-1' }),
    ),
  );
  const replayed = responses.filter(({ headers }) => headers.get('Idempotency-Replayed') === 'true');
  const ids = (await Promise.all(responses.map(accepted))).map(({ id }) => id);
  expect(new Set(ids).size).toBe(1);
  expect(replayed).toHaveLength(49);
  expect(await waitingImages(stack.redis, stack.prefix)).toBe(1);
  expect(await stack.redis.get(`${stack.prefix}:uploads-count`)).toBe('1');
  const hours = (await stack.redis.pttl(`${stack.prefix}:idempotency:order-1`)) / 3_600_000;
  expect(hours).toBeGreaterThan(23.9);
  expect(hours).toBeLessThanOrEqual(24);
});

test('a request with a key joins the prediction while it waits, and is answered again when it has ended', async () => {
  const headers = { 'Idempotency-Key': '"a"' };
  const { id } = await accepted(await post(api, '/predictions', headers));
  const joined = post(other, '/predict', headers);
  await stack.worker();
  const answer = predictResponse.parse(await (await joined).json());
  expect(answer).toMatchObject({ id, predicted_digit: 7 });
  const again = await post(api, '/predict', headers);
  expect(again.headers.get('Idempotency-Replayed')).toBe('true');
  expect(predictResponse.parse(await again.json())).toEqual(answer);
  expect(await accepted(await post(api, '/predictions', headers))).toMatchObject({ id, status: 'succeeded' });
});

test('other bytes or options under the same key are refused, and a key that is none', async () => {
  const headers = { 'Idempotency-Key': '"b"' };
  await accepted(await post(api, '/predictions', headers));
  for (const other of [
    post(api, '/predictions', headers, five),
    post(api, '/predict?preview=true', headers),
    post(api, '/predict?expect=many', headers),
  ]) {
    expect(await problemOf(await other)).toMatchObject({ status: 422, code: 'idempotency-mismatch' });
  }
  const wrong = await post(api, '/predictions', { 'Idempotency-Key': '"unfinished' });
  expect(await problemOf(wrong)).toMatchObject({ code: 'invalid-request' });
});

test('a submit that was refused leaves its key free', async () => {
  const small = await stack.api({ QUEUE_MAX_COUNT: '1' });
  const first = await accepted(await post(small, '/predictions', {}));
  const headers = { 'Idempotency-Key': 'c' };
  const refused = await problemOf(await post(small, '/predictions', headers));
  expect(refused).toMatchObject({ status: 503, code: 'queue-full', waiting: 1 });
  await fetch(small.url + first.urls.cancel, { method: 'POST' });
  await accepted(await post(small, '/predictions', headers));
});

test('a client with a key that hangs up comes back: nothing is canceled', async () => {
  const gone = new AbortController();
  const headers = { 'Idempotency-Key': 'd' };
  const left = fetch(`${api.url}/predict`, {
    method: 'POST',
    body: form(seven),
    headers,
    signal: gone.signal,
  });
  await expect.poll(() => waitingImages(stack.redis, stack.prefix)).toBe(1);
  gone.abort();
  await expect(left).rejects.toThrow();
  await stack.worker();
  const answer = predictResponse.parse(await (await post(other, '/predict', headers)).json());
  expect(answer.predicted_digit).toBe(7);
});

test('an equal picture is answered without a job, marked as such, at every process; no-cache goes past it', async () => {
  await stack.worker();
  const first = predictResponse.parse(await (await postPredict(api, form(seven))).json());
  expect(first).not.toHaveProperty('cached');
  await expect.poll(() => stack.redis.exists(`${stack.prefix}:cached-by:${first.id}`)).toBe(1);
  const second = predictResponse.parse(await (await postPredict(other, form(seven))).json());
  expect(second).toEqual({ ...first, cached: true });
  expect(await accepted(await post(other, '/predictions', {}))).toMatchObject({
    id: first.id,
    status: 'succeeded',
    cached: true,
  });
  const fresh = await postPredict(other, form(seven), { 'Cache-Control': 'no-cache' });
  expect(predictResponse.parse(await fresh.json()).id).not.toBe(first.id);
  // Other options are another question.
  const many = await fetch(`${api.url}/predict?expect=many`, { method: 'POST', body: form(seven) });
  expect(predictResponse.parse(await many.json())).not.toHaveProperty('cached');
  const preview = await fetch(`${api.url}/predict?preview=true`, { method: 'POST', body: form(seven) });
  expect(predictResponse.parse(await preview.json())).toMatchObject({ preview: { width: 28 } });
});

test('a deleted prediction answers no equal picture, and no entry of it is left', async () => {
  await stack.worker();
  const first = predictResponse.parse(await (await postPredict(api, form(seven))).json());
  await expect.poll(() => stack.redis.exists(`${stack.prefix}:cached-by:${first.id}`)).toBe(1);
  await fetch(other.url + first.urls.self, { method: 'DELETE' });
  expect(await stack.redis.keys(`${stack.prefix}:cached:*`)).toEqual([]);
  const second = predictResponse.parse(await (await postPredict(other, form(seven))).json());
  expect(second).not.toHaveProperty('cached');
  expect(second.id).not.toBe(first.id);
});

test('priority=low goes after all others of its kind, and before the next kind', async () => {
  const place = async (id: string) => (await find(other, id)).queue_position;
  const low = await accepted(await post(api, '/predictions?priority=low', {}));
  const normal = await accepted(await post(api, '/predictions', {}));
  const batch = await fetch(`${api.url}/batches`, { method: 'POST', body: form(seven) });
  const [inBatch] = batchAccepted.parse(await batch.json()).predictions;
  expect(await Promise.all([normal.id, low.id, inBatch!.id].map(place))).toEqual([0, 1, 2]);
  const unknown = await post(api, '/predictions?priority=high', {});
  expect(await problemOf(unknown)).toMatchObject({ code: 'invalid-request' });
});

test('Prefer says how long a request waits, and the answer what was honoured', async () => {
  const hurried = await stack.api({ PREDICT_MAX_WAIT_SECONDS: '1' });
  const asynchronous = await post(hurried, '/predict', { Prefer: 'respond-async' });
  expect(asynchronous.status).toBe(202);
  expect(asynchronous.headers.get('preference-applied')).toBe('respond-async');
  expect(asynchronous.headers.get('vary')).toContain('Prefer');
  const began = performance.now();
  const both = await post(hurried, '/predictions', { Prefer: 'respond-async, wait=30, handling=strict' });
  expect(both.status).toBe(202);
  expect(both.headers.get('preference-applied')).toBe('respond-async, wait=1');
  expect(performance.now() - began).toBeGreaterThan(900);
  const { id } = await accepted(both);
  const polled = await fetch(`${hurried.url}/predictions/${id}`, { headers: { Prefer: 'wait=1' } });
  expect(polled.headers.get('preference-applied')).toBe('wait=1');
  expect(await polled.json()).toMatchObject({ status: 'queued' });
  await stack.worker();
  const waited = await post(api, '/predictions', { Prefer: 'wait=10' }, five);
  expect(waited.status).toBe(200);
  expect(await accepted(waited)).toMatchObject({ status: 'succeeded', result: { predicted_digit: 5 } });
  expect(await find(api, id, 10)).toMatchObject({ status: 'succeeded' });
});

test('a prediction that waits says about when a worker begins, once it is known how fast they are', async () => {
  const first = await accepted(await post(api, '/predictions', {}));
  expect(await find(other, first.id)).toMatchObject({ queue_position: 0, estimated_start_ms: null });
  const worker = await stack.worker();
  for (let i = 0; i < 5; i++) {
    await post(api, '/predict', { 'Cache-Control': 'no-cache' });
  }
  await worker.stop();
  await accepted(await post(api, '/predictions', {}, five));
  const { id } = await accepted(await post(api, '/predictions', { 'Cache-Control': 'no-cache' }));
  const waiting = await find(other, id);
  expect(waiting.queue_position).toBe(1);
  // Six jobs in the last seconds.
  expect(waiting.estimated_start_ms).toBeGreaterThan(100);
  expect(waiting.estimated_start_ms).toBeLessThan(2_000);
});

test('refused repeats leave no memory booked', async () => {
  const small = await stack.api({ UPLOADS_IN_FLIGHT_MAX_BYTES: '1000000' });
  const headers = { 'Idempotency-Key': 'memory' };
  await accepted(await post(small, '/predictions', headers));
  const large = Buffer.concat([five, Buffer.alloc(100_000)]);
  for (let i = 0; i < 20; i++) {
    expect(await problemOf(await post(small, '/predictions', headers, large))).toMatchObject({
      code: 'idempotency-mismatch',
    });
  }
});

test('a key is good for one prediction also where its api process dies in the middle', async () => {
  const keys = Array.from({ length: 60 }, (_, i) => `k${i}`);
  const doomed = await stack.api();
  const first = keys.map((key) => post(doomed, '/predictions', { 'Idempotency-Key': key }).catch(() => null));
  await expect.poll(() => waitingImages(stack.redis, stack.prefix)).toBeGreaterThan(5);
  await doomed.kill();
  await Promise.all(first);
  const repeat = async (key: string): Promise<void> => {
    const response = await post(other, '/predictions', { 'Idempotency-Key': key });
    if (response.status === 409) return repeat(key);
    await accepted(response);
  };
  await Promise.all(keys.map(repeat));
  expect(await waitingImages(stack.redis, stack.prefix)).toBe(keys.length);
  // What the process left half done would be healed by the upkeep within a minute.
  await releaseOrphans(stack.redis, stack.prefix);
}, 90_000);
