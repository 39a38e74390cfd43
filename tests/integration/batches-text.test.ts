import { batchAccepted } from '@inkqueue/shared/contracts/batch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finishedBatch } from './batch-client.ts';
import { problemOf } from './client.ts';
import { digitPng, textFile } from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack } from './stack.ts';
import { until } from './until.ts';

// Batches that come as text, and results of batches that go as text.

const stack = createStack();
let api: Running;
let digits: Buffer[];
beforeAll(async () => {
  [api] = await Promise.all([stack.api({ UPLOAD_MAX_BYTES: '50000' }), stack.worker()]);
  digits = await Promise.all(([0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((digit) => digitPng(digit)));
});
afterAll(() => stack.close());

describe('a batch as lines', () => {
  test('is CSV or NDJSON, whole, with the names exactly as sent', async () => {
    const names = ['ü 字.png', '=1+1.png', 'a,"b".png', 'folder/7.png'];
    const body = new FormData();
    for (const name of names) body.append('file', new Blob([new Uint8Array(digits[7]!)]), name);
    body.append('file', new Blob([textFile]), 'letter.png');
    const response = await fetch(`${api.url}/batches`, { method: 'POST', body });
    const { id, predictions } = batchAccepted.parse(await response.json());
    await finishedBatch(api, id);
    const ndjson = await fetch(`${api.url}/batches/${id}?format=ndjson`);
    expect(ndjson.headers.get('content-type')).toBe('application/x-ndjson');
    const entries = (await ndjson.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries.map((entry) => entry.filename)).toEqual([...names, 'letter.png']);
    expect(entries.map((entry) => entry.id)).toEqual(predictions.map((entry) => entry.id));
    expect(entries[0]).toMatchObject({ status: 'succeeded', digit: 7, text: '7', error: null });
    expect(entries[4]).toMatchObject({
      status: 'failed',
      digit: null,
      text: null,
      error: 'unsupported-format',
    });
    const csv = await fetch(`${api.url}/batches/${id}?format=csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="batch-${id}.csv"`);
    const lines = (await csv.text()).split('\r\n');
    expect(lines[0]).toBe('filename,id,status,digit,text,confidence,uncertain,error');
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
    const done = await finishedBatch(api, id);
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
    const [entry] = (await finishedBatch(api, id)).predictions;
    expect(entry?.prediction?.result?.predicted_digit).toBe(3);
  });

  test('of many wrong entries is refused at once', async () => {
    const began = performance.now();
    const wrong = await postJson({ images: Array(20_000).fill(1) });
    expect(await problemOf(wrong)).toMatchObject({ code: 'too-many-files' });
    const few = batchAccepted.parse(await (await postJson({ images: [1, null, {}, [[]]] })).json());
    expect((await finishedBatch(api, few.id)).counts).toMatchObject({ failed: 4 });
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
