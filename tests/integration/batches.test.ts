import { connect } from 'node:net';
import { type Batch, batch, batchAccepted } from '@inkqueue/shared/contracts/batch';
import { predictionPage } from '@inkqueue/shared/contracts/prediction';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { find, predict, problemOf, submit } from './client.ts';
import { digitPng, heavyPage, textFile } from './pictures.ts';
import type { Running } from './processes.ts';
import { waitingImages } from './queue.ts';
import { createStack } from './stack.ts';
import { connectSubscriber } from './subscriber.ts';
import { until } from './until.ts';

const stack = createStack();
let api: Running;
let digits: Buffer[];

beforeAll(async () => {
  [api] = await Promise.all([stack.api({ UPLOAD_MAX_BYTES: '50000' }), stack.worker(), stack.worker()]);
  digits = await Promise.all(([0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((digit) => digitPng(digit)));
});
afterAll(() => stack.close());

function form(images: Uint8Array[]): FormData {
  const body = new FormData();
  for (const [i, image] of images.entries())
    body.append('file', new Blob([new Uint8Array(image)]), `picture-${i}.png`);
  return body;
}

const post = (images: Uint8Array[], to: Running = api) =>
  fetch(`${to.url}/batches`, { method: 'POST', body: form(images) });

async function accept(images: Uint8Array[], to: Running = api) {
  const response = await post(images, to);
  expect(response.status).toBe(202);
  const accepted = batchAccepted.parse(await response.json());
  expect(response.headers.get('location')).toBe(`/batches/${accepted.id}`);
  return accepted;
}

async function findBatch(id: string, query = '', at: Running = api): Promise<Batch> {
  return batch.parse(await (await fetch(`${at.url}/batches/${id}${query}`)).json());
}

const finished = (id: string, query?: string, at?: Running) =>
  until('the batch is finished', async () => {
    const found = await findBatch(id, query, at);
    return found.finished && found;
  });

describe('a batch', () => {
  test('has its predictions in the order of its parts, page by page', async () => {
    const images = Array.from({ length: 100 }, (_, i) => digits[i % 10]!);
    const accepted = await accept(images);
    expect(accepted.total).toBe(100);
    const done = await finished(accepted.id, '?limit=60');
    expect(done.counts).toMatchObject({ succeeded: 100, queued: 0, running: 0, failed: 0 });
    expect(done.predictions).toHaveLength(60);
    const rest = await findBatch(accepted.id, done.links.next!.split('/').at(-1)!.replace(accepted.id, ''));
    expect(rest.links.next).toBeNull();
    const all = [...done.predictions, ...rest.predictions];
    expect(all.map(({ filename }) => filename)).toEqual(images.map((_, i) => `picture-${i}.png`));
    expect(all.map(({ prediction }) => prediction?.id)).toEqual(accepted.predictions.map(({ id }) => id));
    expect(all.map(({ prediction }) => prediction?.result?.predicted_digit)).toEqual(
      images.map((_, i) => i % 10),
    );
  });

  test('has the network’s input of each image where the client asks for it, also live', async () => {
    const subscriber = await connectSubscriber(api);
    const response = await fetch(`${api.url}/batches?preview=true`, {
      method: 'POST',
      body: form([digits[2]!, textFile]),
    });
    const { id, predictions } = batchAccepted.parse(await response.json());
    const done = await finished(id);
    const [good, bad] = done.predictions.map(({ prediction }) => prediction);
    expect(good?.preview).toMatchObject({ width: 28, height: 28 });
    expect(bad?.preview).toBeNull();
    const snapshot = await subscriber.subscribe({ topic: 'prediction', id: predictions[0]!.id });
    expect(snapshot.preview).toEqual(good?.preview);
    subscriber.close();
  });

  test('fails the entries of bad files only', async () => {
    const bad = [textFile, Buffer.alloc(0), Buffer.alloc(50_001), digits[3]!.subarray(0, 60)];
    const { id } = await accept([digits[7]!, ...bad, digits[8]!]);
    const done = await finished(id);
    expect(done.counts).toMatchObject({ succeeded: 2, failed: 4 });
    expect(done.predictions.map(({ prediction }) => prediction?.error?.code ?? 'read')).toEqual([
      'read',
      'unsupported-format',
      'empty-file',
      'too-large',
      'unreadable-image',
      'read',
    ]);
  });

  test('sends its progress live, and its end', async () => {
    const subscriber = await connectSubscriber(api);
    const { id } = await accept(Array.from({ length: 300 }, (_, i) => digits[i % 10]!));
    const snapshot = await subscriber.subscribe({ topic: 'batch', id });
    expect(snapshot).toMatchObject({ id, total: 300 });
    const progress = () => [snapshot, ...subscriber.batches].map(({ counts }) => counts.succeeded);
    await until('the end arrives', () => progress().at(-1) === 300);
    expect(progress()).toEqual(progress().toSorted((a, b) => a - b));
    expect(subscriber.batches.every(({ finished }, i, all) => finished === (i === all.length - 1))).toBe(
      true,
    );
    subscriber.close();
  });

  test('of more than a thousand images is refused', async () => {
    const response = await post(Array.from({ length: 1_001 }, () => digits[1]!));
    expect(response.status).toBe(400);
    expect(await problemOf(response)).toMatchObject({ code: 'too-many-files' });
  });

  test('that was never issued, or is a prediction’s id, is not found', async () => {
    const { id } = await predict(api, digits[1]!);
    for (const unknown of [id, 'none', '019abcde-0000-7000-8000-000000000000'])
      expect(await problemOf(await fetch(`${api.url}/batches/${unknown}`))).toMatchObject({
        status: 404,
        code: 'batch-not-found',
      });
  });
});

test('a waiting request comes before a polled prediction, and both before batches', async () => {
  const other = createStack();
  const quiet = await other.api({ PREDICT_TIMEOUT_MS: '60000' });
  const accepted = await accept(
    Array.from({ length: 100 }, (_, i) => digits[i % 10]!),
    quiet,
  );
  const polled = await submit(quiet, digits[5]!);
  const waiting = predict(quiet, digits[4]!);
  await until('all wait', async () => (await waitingImages(other.redis, other.prefix)) === 102);
  await other.worker({ CONCURRENCY: '1' });
  const { id } = await waiting;
  const done = await finished(accepted.id, '?limit=1', quiet);
  const started = async (prediction: string) => Date.parse((await find(quiet, prediction, 10)).started_at!);
  const inBatch = Date.parse(done.predictions[0]!.prediction!.started_at!);
  expect(await started(id)).toBeLessThanOrEqual(await started(polled.id));
  expect(await started(polled.id)).toBeLessThanOrEqual(inBatch);
  await other.close();
});

describe('a batch as lines', () => {
  test('is CSV or NDJSON, whole, with the names exactly as sent', async () => {
    const names = ['ü 字.png', '=1+1.png', 'a,"b".png', 'folder/7.png'];
    const body = new FormData();
    for (const name of names) body.append('file', new Blob([new Uint8Array(digits[7]!)]), name);
    body.append('file', new Blob([textFile]), 'letter.png');
    const response = await fetch(`${api.url}/batches`, { method: 'POST', body });
    const { id, predictions } = batchAccepted.parse(await response.json());
    await finished(id);
    const ndjson = await fetch(`${api.url}/batches/${id}?format=ndjson`);
    expect(ndjson.headers.get('content-type')).toBe('application/x-ndjson');
    const entries = (await ndjson.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries.map((entry) => entry.filename)).toEqual([...names, 'letter.png']);
    expect(entries.map((entry) => entry.id)).toEqual(predictions.map((entry) => entry.id));
    expect(entries[0]).toMatchObject({ status: 'succeeded', digit: 7, error: null });
    expect(entries[4]).toMatchObject({ status: 'failed', digit: null, error: 'unsupported-format' });
    const csv = await fetch(`${api.url}/batches/${id}?format=csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="batch-${id}.csv"`);
    const lines = (await csv.text()).split('\r\n');
    expect(lines[0]).toBe('filename,id,status,digit,confidence,uncertain,error');
    expect(lines).toHaveLength(7);
    expect(lines[2]).toMatch(/^"'=1\+1\.png",/);
    expect(lines[3]).toMatch(/^"a,""b""\.png",/);
    expect(await problemOf(await fetch(`${api.url}/batches/none?format=csv`))).toMatchObject({ status: 404 });
  });
});

describe('a batch as JSON', () => {
  const postJson = (body: unknown, headers = {}) =>
    fetch(`${api.url}/batches`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });

  test('has its images as base64 or data URLs, with a name or without', async () => {
    const base64 = digits[4]!.toString('base64');
    const images = [
      base64,
      `data:image/png;base64,${base64}`,
      { image: base64, filename: 'four.png' },
      'no base64!',
      'https://example.com/4.png',
    ];
    const { id, predictions } = batchAccepted.parse(await (await postJson({ images })).json());
    expect(predictions.map(({ filename }) => filename)).toEqual([null, null, 'four.png', null, null]);
    const done = await finished(id);
    expect(done.predictions.map(({ prediction }) => prediction?.result?.predicted_digit ?? null)).toEqual([
      4,
      4,
      4,
      null,
      null,
    ]);
    // Nothing is fetched unless the operator says so.
    expect(done.predictions[4]?.prediction?.error?.detail).toContain('FETCH_IMAGES');
    expect(await problemOf(await postJson({ images: Array(1_001).fill('aaaa') }))).toMatchObject({
      code: 'too-many-files',
    });
  });

  test('or plain text has one image', async () => {
    const body = `data:image/png;base64,${digits[3]!.toString('base64')}`;
    const sent = await fetch(`${api.url}/batches`, { method: 'POST', body });
    const { id, total } = batchAccepted.parse(await sent.json());
    expect(total).toBe(1);
    const [entry] = (await finished(id)).predictions;
    expect(entry?.prediction?.result?.predicted_digit).toBe(3);
  });

  test('of many wrong entries is refused at once', async () => {
    const began = performance.now();
    const wrong = await postJson({ images: Array(20_000).fill(1) });
    expect(await problemOf(wrong)).toMatchObject({ code: 'too-many-files' });
    const few = batchAccepted.parse(await (await postJson({ images: [1, null, {}, [[]]] })).json());
    expect((await finished(few.id)).counts).toMatchObject({ failed: 4 });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('of refused images alone counts in the queue, and is refused where it is full', async () => {
    const alone = createStack();
    try {
      const at = await alone.api({ QUEUE_MAX_COUNT: '40' });
      const send = () =>
        fetch(`${at.url}/batches`, {
          method: 'POST',
          body: JSON.stringify({ images: Array(30).fill('!') }),
          headers: { 'content-type': 'application/json' },
        });
      expect([(await send()).status, (await send()).status]).toEqual([202, 202]);
      expect(await problemOf(await send())).toMatchObject({ code: 'queue-full', waiting: 60 });
      await alone.worker();
      await until('all are off the books', async () => {
        return (await alone.redis.get(`${alone.prefix}:uploads-count`)) === '0';
      });
    } finally {
      await alone.close();
    }
  });

  test('with a key is one batch however often it is sent, in whatever form', async () => {
    const images = [digits[1]!.toString('base64'), digits[2]!.toString('base64')];
    const headers = { 'Idempotency-Key': '"batch-1"' };
    const all = await Promise.all(Array.from({ length: 5 }, () => postJson({ images }, headers)));
    const accepted = await Promise.all(all.map(async (each) => batchAccepted.parse(await each.json())));
    expect(new Set(accepted.map(({ id }) => id)).size).toBe(1);
    expect(all.filter((each) => each.headers.get('Idempotency-Replayed') === 'true')).toHaveLength(4);
    const other = await postJson({ images: images.slice(1) }, headers);
    expect(await problemOf(other)).toMatchObject({ code: 'idempotency-mismatch' });
  });
});

test('a batch that breaks off while a worker reads a part of it leaves nothing that is read', async () => {
  const alone = createStack();
  try {
    const [at] = await Promise.all([alone.api({ LIST_PREDICTIONS: '1' }), alone.worker()]);
    const heavy = await heavyPage();
    const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n';
    const socket = connect(Number(new URL(at.url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(
      'POST /batches HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 90000000\r\n\r\n',
    );
    for (let i = 0; i < 3; i++) {
      socket.write(head);
      socket.write(heavy);
      socket.write('\r\n');
    }
    socket.write(head);
    const listed = async () =>
      predictionPage.parse(await (await fetch(`${at.url}/predictions`)).json()).predictions;
    await until('one is read', async () => (await listed()).some(({ status }) => status === 'running'));
    socket.destroy();
    await until('nothing of it waits or runs', async () => {
      const found = await listed();
      return found.every(({ status }) => status === 'canceled');
    });
    expect(await alone.redis.get(`${alone.prefix}:uploads-count`)).toBe('0');
  } finally {
    await alone.close();
  }
});

test('a batch of more pictures than the queue holds is told so, and not to come again', async () => {
  const alone = createStack();
  try {
    const at = await alone.api({ QUEUE_MAX_COUNT: '40' });
    const images = Array.from({ length: 100 }, () => digits[1]!);
    expect(await problemOf(await post(images, at))).toMatchObject({ status: 400, code: 'too-many-files' });
    expect((await post(images.slice(60), at)).status).toBe(202);
    expect(await problemOf(await post(images.slice(90), at))).toMatchObject({
      code: 'queue-full',
      waiting: 40,
    });
  } finally {
    await alone.close();
  }
});

test('a small batch that comes later is not held up by a large one', async () => {
  const alone = createStack();
  try {
    const at = await alone.api();
    const large = await accept(
      Array.from({ length: 1_000 }, (_, i) => digits[i % 10]!),
      at,
    );
    const small = await accept(digits, at);
    await alone.worker();
    await finished(small.id, '', at);
    const { counts } = await findBatch(large.id, '?limit=1', at);
    expect(counts.queued).toBeGreaterThan(700);
    expect((await finished(large.id, '?limit=1', at)).counts.succeeded).toBe(1_000);
  } finally {
    await alone.close();
  }
});
