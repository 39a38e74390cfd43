import { once } from 'node:events';
import { connect } from 'node:net';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { find, form, postPredict, predict, problemOf, submit } from './client.ts';
import { digit, digitPng } from './pictures.ts';
import { imagesKey } from './queue.ts';
import { createStack, type Stack } from './stack.ts';
import { until } from './until.ts';

let stack: Stack;
beforeEach(() => {
  stack = createStack();
});
afterEach(() => stack.close());

const send = (api: { url: string }, image: Uint8Array) =>
  fetch(`${api.url}/predictions`, { method: 'POST', body: form(image) });

describe('while there is no worker', () => {
  test('POST /predict responds 202 when its wait runs out, and the result comes once there is a worker', async () => {
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

  test('pending predictions have their position in the queue', async () => {
    const api = await stack.api();
    const image = await digitPng(1);
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push((await submit(api, image)).id);
    const found = await Promise.all(ids.map((id) => find(api, id)));
    expect(found.map(({ queue_position }) => queue_position)).toEqual([0, 1, 2]);
    const response = await fetch(`${api.url}/predictions/${ids[0]}`);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  test('a long poll returns the pending prediction when its wait runs out', async () => {
    const api = await stack.api();
    const { id } = await submit(api, await digitPng(1));
    expect(await find(api, id, 0.2)).toMatchObject({ id, status: 'queued' });
  });

  test('health reports that', async () => {
    const api = await stack.api();
    const ready = await fetch(`${api.url}/health/serving`);
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
  test('refuses by number, and accepts again once an image has left it', async () => {
    const api = await stack.api({ QUEUE_MAX_COUNT: '3' });
    const image = await digitPng(2);
    const ids = await Promise.all([1, 2, 3].map(async () => (await submit(api, image)).id));
    for (const response of [await send(api, image), await postPredict(api, form(image))]) {
      expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(await problemOf(response)).toMatchObject({ status: 503, code: 'queue-full', retryable: true });
    }
    await stack.worker();
    for (const id of ids) expect(await find(api, id, 20)).toMatchObject({ status: 'succeeded' });
    // The worker takes an image off the books just after its result is out.
    const result = await until('the queue accepts again', async () => {
      const response = await postPredict(api, form(image));
      return response.status === 200 && response.json();
    });
    expect(result).toMatchObject({ predicted_digit: 2 });
  });

  test('refuses by bytes', async () => {
    const [small, large] = [await digitPng(2), await digitPng(2, { side: 1_000 })];
    const api = await stack.api({ QUEUE_MAX_BYTES: String(large.length + small.length) });
    expect((await send(api, large)).status).toBe(202);
    // One job may pass the bound; the api takes no other job then.
    expect((await send(api, large)).status).toBe(202);
    for (const image of [large, small]) {
      expect(await problemOf(await send(api, image))).toMatchObject({ status: 503, code: 'queue-full' });
    }
  });

  test('counts over all replicas of the api, even when many images come at once', async () => {
    const apis = await Promise.all([1, 2].map(() => stack.api({ QUEUE_MAX_COUNT: '10' })));
    // Large enough to fill a job: one job may pass the bound with all its images.
    const image = await digit(2).png({ compressionLevel: 0 }).toBuffer();
    const responses = await Promise.all(Array.from({ length: 30 }, (_, i) => send(apis[i % 2]!, image)));
    expect(responses.filter(({ status }) => status === 202)).toHaveLength(10);
    expect(responses.filter(({ status }) => status === 503)).toHaveLength(20);
  });
});

describe('retention', () => {
  test('an expired result is gone, over every route', async () => {
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

  test('Redis keeps a bounded number of finished predictions', async () => {
    const [api] = await Promise.all([stack.api({ RESULT_MAX_COUNT: '2' }), stack.worker()]);
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push((await predict(api, await digitPng(3))).id);
    const statuses = await Promise.all(
      ids.map(async (id) => (await fetch(`${api.url}/predictions/${id}`)).status),
    );
    expect(statuses).toEqual([410, 410, 200, 200]);
  });

  test('an image waits for a worker however long that takes', async () => {
    const api = await stack.api();
    const { id } = await submit(api, await digitPng(3));
    expect(await stack.redis.pttl(imagesKey(stack.prefix, id))).toBe(-1);
    await stack.worker();
    expect(await find(api, id, 20)).toMatchObject({ status: 'succeeded' });
  });

  test('a picture whose bytes are lost fails, and leaves the books', async () => {
    const api = await stack.api();
    const { id } = await submit(api, await digitPng(3));
    await stack.redis.del(imagesKey(stack.prefix, id));
    await stack.worker();
    expect(await find(api, id, 20)).toMatchObject({
      status: 'failed',
      error: { code: 'upload-expired', retryable: true },
    });
  });
});

describe('uploads in flight', () => {
  test('above their limit the api refuses another one as busy, and a small one still finds room', async () => {
    const image = await digitPng(3);
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
    expect((await postPredict(api, form(image))).status).toBe(200);
    expect(busy.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await problemOf(busy)).toMatchObject({ code: 'busy', retryable: true });
    slow.destroy();
    await until('there is room again', async () => {
      return (await postPredict(api, Buffer.alloc(40_000), large)).status === 415;
    });
  });

  test('announcements take no room: 20 connections that announce 10 MB each keep no client out', async () => {
    const api = await stack.api({ UPLOADS_IN_FLIGHT_MAX_BYTES: '20000000' });
    const { hostname, port } = new URL(api.url);
    const idle = Array.from({ length: 20 }, () => connect(Number(port), hostname));
    for (const socket of idle) {
      socket.on('error', () => {});
      socket.write(
        'POST /predictions HTTP/1.1\r\nhost: x\r\ncontent-type: image/png\r\ncontent-length: 10000000\r\n\r\n',
      );
    }
    const image = await digitPng(3);
    const responses = await Promise.all(Array.from({ length: 40 }, () => send(api, image)));
    expect(responses.map(({ status }) => status)).toEqual(Array(40).fill(202));
    for (const socket of idle) socket.destroy();
  });

  test('30 streams without a length at once are all accepted', async () => {
    const api = await stack.api({ UPLOADS_IN_FLIGHT_MAX_BYTES: '20000000' });
    const image = new Uint8Array(await digitPng(3));
    const responses = await Promise.all(
      Array.from({ length: 30 }, () =>
        fetch(`${api.url}/predictions`, {
          method: 'POST',
          headers: { 'content-type': 'image/png' },
          body: new Blob([image]).stream(),
          duplex: 'half',
        } as RequestInit),
      ),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array(30).fill(202));
  });

  test('an upload that never ends gets a response, and its connection ends', async () => {
    const api = await stack.api({ UPLOAD_TIMEOUT_MS: '300' });
    const { hostname, port } = new URL(api.url);
    const slow = connect(Number(port), hostname);
    await once(slow, 'connect');
    slow.write(
      'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: image/png\r\ncontent-length: 900\r\n\r\nx',
    );
    const start = performance.now();
    const [response] = await once(slow, 'data');
    expect(performance.now() - start).toBeLessThan(3_000);
    const [head, body] = String(response).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 408 /);
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    expect(JSON.parse(body!)).toMatchObject({ status: 408, code: 'upload-timeout', retryable: true });
    slow.destroy();
  });
});
