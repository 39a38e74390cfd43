import { predictResponse } from '@inkqueue/shared/contracts/api';
import { batchAccepted } from '@inkqueue/shared/contracts/batch';
import { jobData } from '@inkqueue/shared/contracts/job';
import { prediction, type ReadDigit } from '@inkqueue/shared/contracts/prediction';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchForm, finishedBatch } from './batch-client.ts';
import { find, form, predict, problemOf, submit } from './client.ts';
import { digitPng, numberPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { jobOf } from './queue.ts';
import { createStack } from './stack.ts';
import { connectSubscriber } from './subscriber.ts';

// Pictures of several digits, and what a client says of how many there are.

const stack = createStack();
let api: Running;
let number: Buffer;
let lines: Buffer;
beforeAll(async () => {
  [api, , number, lines] = await Promise.all([
    stack.api(),
    stack.worker(),
    numberPng('42'),
    numberPng('42\n17'),
  ]);
});
afterAll(() => stack.close());

const predictAs = async (query: string, image: Buffer) => {
  const response = await fetch(`${api.url}/predict${query}`, { method: 'POST', body: form(image) });
  expect(response.status).toBe(200);
  return predictResponse.parse(await response.json());
};

type Box = NonNullable<ReadDigit['box']>;
const several = { predicted_digit: null, reason: 'several-digits', probabilities: null };

describe('a picture of several digits', () => {
  test('is answered with all of them, and with no single one', async () => {
    const result = await predict(api, number);
    expect(result).toMatchObject({ ...several, text: '42', uncertain: false });
    expect(result.digits.map(({ digit }) => digit)).toEqual([4, 2]);
    const product = result.digits.reduce((product, { confidence }) => product * confidence, 1);
    expect(result.confidence).toBeCloseTo(product, 4);
    expect(result.timings.batch_size).toBeGreaterThanOrEqual(2);
  });

  test('says where each of them lies', async () => {
    const [four, two] = boxesOf((await predict(api, number)).digits) as [Box, Box];
    // The strokes of the 4 begin at 75, 45, those of the 2 a step to the right.
    expect(Math.abs(four.left - 66)).toBeLessThan(20);
    expect(Math.abs(four.top - 36)).toBeLessThan(20);
    expect(four.left + four.width).toBeLessThanOrEqual(two.left + 20);
    expect(Math.abs(two.left + two.width - 389)).toBeLessThan(20);
  });

  test('has its lines one below the other', async () => {
    const result = await predict(api, lines);
    expect(result).toMatchObject({ ...several, text: '42\n17' });
    const [four, , one] = boxesOf(result.digits) as [Box, Box, Box];
    expect(one.top).toBeGreaterThan(four.top + four.height);
  });

  test('shows what the network saw of each digit where the client asks for it', async () => {
    const { preview } = await predictAs('?preview=true', number);
    expect(preview?.digits).toHaveLength(2);
    expect(preview?.pixels).toBe(preview?.digits?.[0]?.pixels);
    const likely = preview?.digits?.map(({ probabilities }) =>
      probabilities.indexOf(Math.max(...probabilities)),
    );
    expect(likely).toEqual([4, 2]);
    for (const { pixels } of preview?.digits ?? []) expect(Buffer.from(pixels, 'base64')).toHaveLength(784);
  });

  test('is one prediction of a batch, in JSON and in lines', async () => {
    const body = batchForm([number, lines, await digitPng(7)]);
    const response = await fetch(`${api.url}/batches`, { method: 'POST', body });
    const { id } = batchAccepted.parse(await response.json());
    const done = await finishedBatch(api, id);
    expect(done.total).toBe(3);
    expect(done.predictions.map((entry) => entry.prediction?.result)).toMatchObject([
      { ...several, text: '42' },
      { ...several, text: '42\n17' },
      { predicted_digit: 7, text: '7' },
    ]);
    const [header, ...rows] = (await (await fetch(`${api.url}/batches/${id}?format=csv`)).text()).split(
      '\r\n',
    );
    expect(header).toBe('filename,id,status,digit,text,confidence,uncertain,error');
    expect(rows[0]).toMatch(/^picture-0\.png,[^,]+,succeeded,,42,/);
    expect(rows[1]).toMatch(/^picture-1\.png,[^,]+,succeeded,,"42\n17",/);
    expect(rows[2]).toMatch(/^picture-2\.png,[^,]+,succeeded,7,7,/);
    const ndjson = await (await fetch(`${api.url}/batches/${id}?format=ndjson`)).text();
    const values = ndjson.trimEnd().split('\n');
    expect(values.map((line) => JSON.parse(line))).toMatchObject([
      { digit: null, text: '42' },
      { digit: null, text: '42\n17' },
      { digit: 7, text: '7' },
    ]);
  });

  test('comes over the socket as it comes over REST', async () => {
    const subscriber = await connectSubscriber(api);
    const { id } = await submit(api, number);
    const snapshot = await subscriber.subscribe({ topic: 'prediction', id });
    const done = await find(api, id, 20);
    expect(done.result).toMatchObject({ ...several, text: '42' });
    const last = () => subscriber.predictions.at(-1) ?? snapshot;
    await expect.poll(() => last().result).toEqual(done.result);
    subscriber.close();
  });

  test('is read as one digit, the most central, where the client says so', async () => {
    const result = await predictAs('?expect=one', await numberPng('142'));
    expect(result).toMatchObject({ predicted_digit: 4, text: '4' });
    expect(result.digits).toHaveLength(1);
  });
});

test('a picture of one digit is read as one, whatever the client expects', async () => {
  const seven = await digitPng(7);
  for (const query of ['', '?expect=auto', '?expect=one', '?expect=many']) {
    const result = await predictAs(query, seven);
    expect(result).toMatchObject({ predicted_digit: 7, text: '7', digits: [{ digit: 7, uncertain: false }] });
    expect(result.probabilities).toHaveLength(10);
    const [{ left, top, width, height }] = boxesOf(result.digits) as [Box];
    expect(
      [left, top, left + width, top + height].every((at, i) => Math.abs(at - [66, 43, 214, 247][i]!) < 20),
    ).toBe(true);
  }
});

describe('?expect=', () => {
  const idle = createStack();
  let queue: Running;
  beforeAll(async () => {
    queue = await idle.api();
  });
  afterAll(() => idle.close());

  /** How many digits are expected, picture by picture, of a prediction's job. */
  async function expected(id: string): Promise<unknown[]> {
    const data = await idle.redis.hget(`${idle.prefix}:${QUEUE_NAME}:${jobOf(id)}`, 'data');
    return jobData.parse(JSON.parse(data!)).pictures.map((picture) => 'expect' in picture && picture.expect);
  }
  const post = (path: string, body: FormData, headers = {}) =>
    fetch(queue.url + path, { method: 'POST', body, headers });

  test.each([
    ['/predict?expect=many', 'many'],
    ['/predictions?expect=one', 'one'],
    ['/predictions?expect=auto', false],
    ['/predictions', false],
  ])('POST %s', async (path, expectation) => {
    const response = await post(path, form(number), { Prefer: 'respond-async' });
    expect(response.status).toBe(202);
    expect(await expected(prediction.parse(await response.json()).id)).toEqual([expectation]);
  });

  test('holds for each picture of a batch', async () => {
    const response = await post('/batches?expect=many', batchForm([number, number]));
    const { predictions } = batchAccepted.parse(await response.json());
    expect(await expected(predictions[0]!.id)).toEqual(['many', 'many']);
  });

  test('is part of what an Idempotency-Key is for', async () => {
    const headers = { 'Idempotency-Key': 'number' };
    const first = await post('/batches?expect=many', batchForm([number]), headers);
    const again = await post('/batches?expect=many', batchForm([number]), headers);
    expect(await again.json()).toEqual(await first.json());
    const other = await post('/batches?expect=one', batchForm([number]), headers);
    expect(await problemOf(other)).toMatchObject({ code: 'idempotency-mismatch' });
  });

  test('takes nothing else', async () => {
    for (const path of ['/predict', '/predictions', '/batches']) {
      const refused = await problemOf(await post(`${path}?expect=two`, form(number)));
      expect(refused).toMatchObject({ status: 400, code: 'invalid-request' });
      expect(refused.detail).toContain('In the query: expect: ');
    }
  });
});

/** The boxes of digits, each of which has one. */
const boxesOf = (digits: ReadDigit[]) => digits.map(({ box }) => box!);
