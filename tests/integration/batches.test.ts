import { connect } from 'node:net';
import { batchAccepted } from '@inkqueue/shared/contracts/batch';
import { predictionPage } from '@inkqueue/shared/contracts/prediction';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptBatch, batchForm, findBatch, finishedBatch, postBatch } from './batch-client.ts';
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

const post = (images: Uint8Array[], to: Running = api) => postBatch(to, images);
const accept = (images: Uint8Array[], to: Running = api) => acceptBatch(to, images);
const finished = (id: string, query?: string, at: Running = api) => finishedBatch(at, id, query);

describe('a batch', () => {
  test('has its predictions in the order of its parts, page by page', async () => {
    const images = Array.from({ length: 100 }, (_, i) => digits[i % 10]!);
    const accepted = await accept(images);
    expect(accepted.total).toBe(100);
    const done = await finished(accepted.id, '?limit=60');
    expect(done.counts).toMatchObject({ succeeded: 100, queued: 0, running: 0, failed: 0 });
    expect(done.predictions).toHaveLength(60);
    const rest = await findBatch(
      api,
      accepted.id,
      done.links.next!.split('/').at(-1)!.replace(accepted.id, ''),
    );
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
      body: batchForm([digits[2]!, textFile]),
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

test('the api refuses a batch of more images than the queue holds, for good', async () => {
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
    const { counts } = await findBatch(at, large.id, '?limit=1');
    expect(counts.queued).toBeGreaterThan(700);
    expect((await finished(large.id, '?limit=1', at)).counts.succeeded).toBe(1_000);
  } finally {
    await alone.close();
  }
});
