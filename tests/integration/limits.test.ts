import { once } from 'node:events';
import { connect } from 'node:net';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { find, form, postPredict, predict, problemOf, submit } from './client.ts';
import { digit, digitPng } from './pictures.ts';
import { picturesKey } from './queue.ts';
import { createStack, type Stack } from './stack.ts';
import { until } from './until.ts';

let stack: Stack;
beforeEach(() => {
  stack = createStack();
});
afterEach(() => stack.close());

const send = (api: { url: string }, picture: Uint8Array) =>
  fetch(`${api.url}/predictions`, { method: 'POST', body: form(picture) });

describe('while no worker is there', () => {
  test('POST /predict answers 202 when its wait runs out, and the result comes once a worker does', async () => {
    const api = await stack.api({ PREDICT_TIMEOUT_MS: '150' });
    const response = await postPredict(api, form(await digitPng(4)));
    expect(response.status).toBe(202);
    const pending = prediction.parse(await response.json());
    expect(pending).toMatchObject({ status: 'queued', queue_position: 0, result: null });
    expect(response.headers.get('location')).toBe(`/predictions/${pending.id}`);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);

    const waiting = find(api, pending.id, 20);
    await stack.worker();
    expect(await waiting).toMatchObject({ status: 'succeeded', result: { predicted_digit: 4 } });
  });

  test('pending ones tell their place in the queue', async () => {
    const api = await stack.api();
    const picture = await digitPng(1);
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push((await submit(api, picture)).id);
    const found = await Promise.all(ids.map((id) => find(api, id)));
    expect(found.map(({ queue_position }) => queue_position)).toEqual([0, 1, 2]);
    const response = await fetch(`${api.url}/predictions/${ids[0]}`);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  test('a long poll answers with the pending prediction when its wait runs out', async () => {
    const api = await stack.api();
    const { id } = await submit(api, await digitPng(1));
    expect(await find(api, id, 0.2)).toMatchObject({ id, status: 'queued' });
  });

  test('health says so', async () => {
    const api = await stack.api();
    const ready = await fetch(`${api.url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({
      status: 'not-ready',
      reasons: ['No worker is ready.'],
      warnings: [],
      redis: { ok: true },
      workers: { ready: 0 },
    });
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    expect(await (await fetch(`${api.url}/models`)).json()).toEqual({ models: [] });
  });
});

describe('a full queue', () => {
  test('is refused by number, and open again once something has left it', async () => {
    const api = await stack.api({ QUEUE_MAX_COUNT: '3' });
    const picture = await digitPng(2);
    const ids = await Promise.all([1, 2, 3].map(async () => (await submit(api, picture)).id));
    for (const response of [await send(api, picture), await postPredict(api, form(picture))]) {
      expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(await problemOf(response)).toMatchObject({ status: 503, code: 'queue-full', retryable: true });
    }
    await stack.worker();
    for (const id of ids) expect(await find(api, id, 20)).toMatchObject({ status: 'succeeded' });
    // The books are closed just after the result is told.
    const answer = await until('the queue is open', async () => {
      const response = await postPredict(api, form(picture));
      return response.status === 200 && response.json();
    });
    expect(answer).toMatchObject({ predicted_digit: 2 });
  });

  test('is refused by bytes', async () => {
    const [small, large] = [await digitPng(2), await digitPng(2, { side: 1_000 })];
    const api = await stack.api({ QUEUE_MAX_BYTES: String(large.length + small.length) });
    expect((await send(api, large)).status).toBe(202);
    // One job may pass the bound; no other is taken then.
    expect((await send(api, large)).status).toBe(202);
    for (const picture of [large, small]) {
      expect(await problemOf(await send(api, picture))).toMatchObject({ status: 503, code: 'queue-full' });
    }
  });

  test('counts over all replicas of the api, even when many come at once', async () => {
    const apis = await Promise.all([1, 2].map(() => stack.api({ QUEUE_MAX_COUNT: '10' })));
    // Large enough for a job of its own: one job may pass the bound with all its images.
    const picture = await digit(2).png({ compressionLevel: 0 }).toBuffer();
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => send(apis[i % 2]!, picture)));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 503)).toHaveLength(20);
  });
});

describe('retention', () => {
  test('a result that has expired is gone, for every way of asking', async () => {
    const [api] = await Promise.all([stack.api({ RESULT_TTL_SECONDS: '1' }), stack.worker()]);
    const { id } = await predict(api, await digitPng(3));
    expect(await find(api, id)).toMatchObject({ status: 'succeeded' });
    const gone = await until('it has expired', async () => {
      const response = await fetch(`${api.url}/predictions/${id}`);
      return response.status !== 200 && response;
    });
    expect(await problemOf(gone)).toMatchObject({
      status: 410,
      code: 'prediction-expired',
      retryable: false,
    });
    const waited = await fetch(`${api.url}/predictions/${id}?wait=20`);
    expect(await problemOf(waited)).toMatchObject({ status: 410, code: 'prediction-expired' });
  });

  test('only so many finished ones are kept', async () => {
    const [api] = await Promise.all([stack.api({ RESULT_MAX_COUNT: '2' }), stack.worker()]);
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push((await predict(api, await digitPng(3))).id);
    const statuses = await Promise.all(
      ids.map(async (id) => (await fetch(`${api.url}/predictions/${id}`)).status),
    );
    expect(statuses).toEqual([410, 410, 200, 200]);
  });

  test('a picture waits for a worker however long that takes', async () => {
    const api = await stack.api();
    const { id } = await submit(api, await digitPng(3));
    expect(await stack.redis.pttl(picturesKey(stack.prefix, id))).toBe(-1);
    await stack.worker();
    expect(await find(api, id, 20)).toMatchObject({ status: 'succeeded' });
  });

  test('a picture whose bytes are lost fails, and leaves the books', async () => {
    const api = await stack.api();
    const { id } = await submit(api, await digitPng(3));
    await stack.redis.del(picturesKey(stack.prefix, id));
    await stack.worker();
    expect(await find(api, id, 20)).toMatchObject({
      status: 'failed',
      error: { code: 'upload-expired', retryable: true },
    });
  });
});

describe('uploads being received', () => {
  test('beyond their limit another one is refused as busy, and a small one still finds room', async () => {
    const picture = await digitPng(3);
    // Bodies count twice: in pieces, and as a whole.
    const limit = 200_000;
    const [api] = await Promise.all([
      stack.api({ UPLOADS_IN_FLIGHT_MAX_BYTES: String(limit) }),
      stack.worker(),
    ]);
    const { hostname, port } = new URL(api.url);
    const slow = connect(Number(port), hostname);
    await once(slow, 'connect');
    slow.write(
      `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: image/png\r\ncontent-length: ${limit}\r\n\r\n${'x'.repeat(79_000)}`,
    );
    const large = { 'content-type': 'image/png' };
    const busy = await until('the slow upload has arrived', async () => {
      const response = await postPredict(api, Buffer.alloc(40_000), large);
      return response.status === 503 && response;
    });
    expect((await postPredict(api, form(picture))).status).toBe(200);
    expect(busy.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await problemOf(busy)).toMatchObject({ code: 'busy', retryable: true });
    slow.destroy();
    await until('there is room again', async () => {
      return (await postPredict(api, Buffer.alloc(40_000), large)).status === 415;
    });
  });

  test('promises take no room: 20 connections that announce 10 MB each shut nobody out', async () => {
    const api = await stack.api({ UPLOADS_IN_FLIGHT_MAX_BYTES: '20000000' });
    const { hostname, port } = new URL(api.url);
    const idle = Array.from({ length: 20 }, () => connect(Number(port), hostname));
    for (const socket of idle) {
      socket.on('error', () => {});
      socket.write(
        'POST /predictions HTTP/1.1\r\nhost: x\r\ncontent-type: image/png\r\ncontent-length: 10000000\r\n\r\n',
      );
    }
    const picture = await digitPng(3);
    const responses = await Promise.all(Array.from({ length: 40 }, () => send(api, picture)));
    expect(responses.map(({ status }) => status)).toEqual(Array(40).fill(202));
    for (const socket of idle) socket.destroy();
  });

  test('30 streams without a length at once are all taken', async () => {
    const api = await stack.api({ UPLOADS_IN_FLIGHT_MAX_BYTES: '20000000' });
    const picture = new Uint8Array(await digitPng(3));
    const responses = await Promise.all(
      Array.from({ length: 30 }, () =>
        fetch(`${api.url}/predictions`, {
          method: 'POST',
          headers: { 'content-type': 'image/png' },
          body: new Blob([picture]).stream(),
          duplex: 'half',
        } as RequestInit),
      ),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array(30).fill(202));
  });

  test('one that never ends is given up, and answered', async () => {
    const api = await stack.api({ UPLOAD_TIMEOUT_MS: '300' });
    const { hostname, port } = new URL(api.url);
    const slow = connect(Number(port), hostname);
    await once(slow, 'connect');
    slow.write(
      'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: image/png\r\ncontent-length: 900\r\n\r\nx',
    );
    const start = performance.now();
    const [answer] = await once(slow, 'data');
    expect(performance.now() - start).toBeLessThan(3_000);
    const [head, body] = String(answer).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 408 /);
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    expect(JSON.parse(body!)).toMatchObject({ status: 408, code: 'upload-timeout', retryable: true });
    slow.destroy();
  });
});
