import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { batch, batchAccepted } from '@inkqueue/shared/contracts/batch';
import { feedback } from '@inkqueue/shared/contracts/feedback';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { find, form, predict, problemOf, submit } from './client.ts';
import { blankPage, digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack } from './stack.ts';
import { connectSubscriber } from './subscriber.ts';

const EXPORT = fileURLToPath(new URL('../../api/dist/feedback/export.js', import.meta.url));

const stack = createStack();
let api: Running;
let brief: Running;
let silent: Running;
let tight: Running;
beforeAll(async () => {
  [api, brief, silent, tight] = await Promise.all([
    stack.api({ FEEDBACK: '1' }),
    stack.api({ FEEDBACK: '1', RESULT_TTL_SECONDS: '5' }),
    stack.api(),
    stack.api({ FEEDBACK: '1', FEEDBACK_MAX: '1' }),
    stack.worker(),
  ]);
});
afterAll(() => stack.close());

const put = (to: Running, path: string, digit: unknown) => putBody(to, path, { digit });
const putBody = (to: Running, path: string, body: object) =>
  fetch(to.url + path, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

async function give(path: string, digit: number | null, to = api) {
  const response = await put(to, path, digit);
  expect(response.status).toBe(200);
  return feedback.parse(await response.json());
}

/** What the operator's program exports, by prediction. */
async function exported(): Promise<Map<string, Record<string, unknown>>> {
  const { stdout } = await promisify(execFile)(process.execPath, [EXPORT], {
    env: { PATH: process.env.PATH, REDIS_URL: stack.redisUrl, QUEUE_PREFIX: stack.prefix },
  });
  const lines = stdout.split('\n').slice(0, -1);
  return new Map(lines.map((line) => JSON.parse(line)).map((record) => [record.id, record]));
}

test('feedback is kept, the last one counts, and it outlives the prediction', async () => {
  const response = await fetch(`${brief.url}/predict?preview=true`, {
    method: 'POST',
    body: form(await digitPng(4)),
  });
  const { id, links, preview, model, confidence } = await response.json();
  expect(links.feedback).toBe(`/predictions/${id}/feedback`);
  await give(links.feedback, null, brief);
  const changed = await give(links.feedback, 9, brief);
  expect(changed).toMatchObject({ id, digit: 9 });
  expect(await give(links.feedback, 9, brief)).toMatchObject({ id, digit: 9 });
  await expect.poll(async () => (await put(brief, links.feedback, 9)).status, { timeout: 10_000 }).toBe(410);
  expect((await exported()).get(id)).toMatchObject({
    digit: 9,
    predicted_digit: 4,
    confidence,
    uncertain: false,
    error: null,
    model,
    preview,
  });
});

test('every way to a prediction links to its feedback', async () => {
  const accepted = await submit(api, await digitPng(3));
  const { id, links } = accepted;
  expect(links.feedback).toBe(`/predictions/${id}/feedback`);
  expect((await find(api, id, 10)).links).toEqual(links);
  const subscriber = await connectSubscriber(api);
  expect((await subscriber.subscribe({ topic: 'prediction', id })).links).toEqual(links);
  subscriber.close();
  const response = await fetch(`${api.url}/batches`, { method: 'POST', body: form(await digitPng(3)) });
  const { links: toBatch } = batchAccepted.parse(await response.json());
  const { predictions } = batch.parse(await (await fetch(api.url + toBatch.self)).json());
  expect(predictions[0]?.prediction?.links.feedback).toMatch(/\/feedback$/);
});

test('feedback may be several digits, in lines', async () => {
  const { id, links } = await predict(api, await digitPng(4));
  const response = await putBody(api, links.feedback!, { text: '42\n7' });
  expect(feedback.parse(await response.json())).toMatchObject({ id, digit: null, text: '42\n7' });
  expect((await exported()).get(id)).toMatchObject({
    digit: null,
    text: '42\n7',
    predicted_digit: 4,
    predicted_text: '4',
  });
  for (const body of [{}, { text: '4 2' }, { text: '' }, { text: '4\n' }, { digit: 10 }, { digit: '4' }]) {
    const refused = await problemOf(await putBody(api, links.feedback!, body));
    expect(refused).toMatchObject({ status: 400, code: 'invalid-request' });
  }
});

test('a failed prediction takes feedback too', async () => {
  const { id, links } = await submit(api, await blankPage());
  await find(api, id, 10);
  await give(links.feedback!, null);
  expect((await exported()).get(id)).toMatchObject({ digit: null, predicted_digit: null, error: 'no-ink' });
});

test('a prediction that has not ended takes no feedback yet, and an unknown one never', async () => {
  const other = createStack();
  const waiting = await other.api({ FEEDBACK: '1' });
  const { links } = await submit(waiting, await digitPng(1));
  const early = await put(waiting, links.feedback!, 1);
  expect(await problemOf(early)).toMatchObject({ status: 409, code: 'not-finished', retryable: true });
  const unknown = await put(waiting, '/predictions/0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b/feedback', 1);
  expect(await problemOf(unknown)).toMatchObject({ status: 404, code: 'prediction-not-found' });
  await other.close();
});

test('there is no feedback unless the operator switches it on', async () => {
  const { id, links } = await predict(silent, await digitPng(2));
  expect(links.feedback).toBeNull();
  const response = await put(silent, `/predictions/${id}/feedback`, 2);
  expect(await problemOf(response)).toMatchObject({ status: 404, code: 'feedback-off' });
});

test('feedback above the limit is refused, and existing feedback can still change', async () => {
  const [one, two] = [await predict(api, await digitPng(5)), await predict(api, await digitPng(6))];
  await give(one.links.feedback!, 5);
  const refused = await put(tight, two.links.feedback!, 6);
  expect(refused.headers.get('retry-after')).not.toBeNull();
  expect(await problemOf(refused)).toMatchObject({ status: 503, code: 'feedback-full' });
  expect((await put(tight, one.links.feedback!, 0)).status).toBe(200);
  expect((await exported()).get(one.id)?.digit).toBe(0);
});
