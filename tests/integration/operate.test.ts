import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { brokenWorker } from './broken-worker.ts';
import { find, form, postPredict, predict, problemOf, submit } from './client.ts';
import { digitPng } from './pictures.ts';
import { jobOf } from './queue.ts';
import { createStack, type Stack } from './stack.ts';
import { until } from './until.ts';

const CLI = fileURLToPath(new URL('../../api/dist/operate/cli.js', import.meta.url));

let stack: Stack;
beforeEach(() => {
  stack = createStack();
});
afterEach(async () => {
  await stack.redis.del(`${stack.prefix}:audit`);
  await stack.close();
});

/** Runs the operator's program. @throws Error where it ends with another code than 0 */
async function operate(...args: string[]): Promise<string> {
  const env = { ...process.env, REDIS_URL: stack.redisUrl, QUEUE_PREFIX: stack.prefix };
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args], { env });
  return stdout.trim();
}

const servingReasons = async (api: { url: string }) =>
  (await (await fetch(`${api.url}/health/serving`)).json()).reasons;

test('a paused queue takes pictures in and reads none until it is resumed', async () => {
  const [api] = await Promise.all([stack.api(), stack.worker()]);
  await operate('pause');
  expect(await servingReasons(api)).toEqual(['The operator has paused the queue.']);
  const { id } = await submit(api, await digitPng(4));
  expect(await find(api, id, 0.5)).toMatchObject({ status: 'queued' });
  expect(await operate('status')).toMatch(/read +no: paused/);
  await operate('resume');
  expect(await find(api, id, 10)).toMatchObject({ status: 'succeeded', result: { predicted_digit: 4 } });
  expect(await servingReasons(api)).toEqual([]);
});

test('a drained queue is read to its end, and takes nothing in until it is resumed', async () => {
  const api = await stack.api();
  const { id } = await submit(api, await digitPng(4));
  await operate('drain');
  const refused = await until('the api refuses', async () => {
    const response = await postPredict(api, form(await digitPng(5)), { Prefer: 'respond-async' });
    return response.status === 503 && response;
  });
  expect(refused.headers.get('retry-after')).toBe('60');
  expect(await problemOf(refused)).toMatchObject({ code: 'drained', retryable: true });
  expect(await servingReasons(api)).toContain('The operator lets the queue run empty.');
  expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
  const batch = await fetch(`${api.url}/batches`, { method: 'POST', body: form(await digitPng(5)) });
  expect(await problemOf(batch)).toMatchObject({ code: 'drained' });
  await stack.worker();
  expect(await find(api, id, 10)).toMatchObject({ status: 'succeeded' });
  await operate('resume');
  await until('the api takes pictures in', async () => (await servingReasons(api)).length === 0);
  await predict(api, await digitPng(6));
});

test('a purge cancels what waits, in every way that it waits, and each says why', async () => {
  const api = await stack.api();
  const image = await digitPng(4);
  const polled = await submit(api, image);
  const batch = await fetch(`${api.url}/batches`, { method: 'POST', body: form(image) });
  const { predictions } = await batch.json();
  expect(await operate('purge')).toBe('2 predictions that waited are canceled.');
  for (const { id } of [polled, ...predictions]) {
    expect(await find(api, id)).toMatchObject({
      status: 'canceled',
      error: { code: 'canceled', detail: expect.stringContaining('operator') },
    });
  }
  expect(await operate('purge')).toBe('0 predictions that waited are canceled.');
});

test('what failed by the service’s fault is read again', async () => {
  const api = await stack.api();
  const broken = brokenWorker(stack);
  const { id } = await submit(api, await digitPng(4));
  expect(await find(api, id, 20)).toMatchObject({ status: 'failed', error: { code: 'internal' } });
  await until('the picture is kept', () => stack.redis.exists(`${stack.prefix}:kept:${jobOf(id)}`));
  await broken.close();
  await broken.releaseLate();
  expect(await operate('retry-failed')).toBe('1 prediction is read again.');
  await stack.worker();
  expect(await find(api, id, 20)).toMatchObject({ status: 'succeeded', result: { predicted_digit: 4 } });
  expect(await operate('retry-failed')).toBe('0 predictions are read again.');
}, 40_000);

test('deliveries are bounded, shown and given up', async () => {
  const WEBHOOK_SECRET = `whsec_${Buffer.alloc(24).toString('base64')}`;
  const api = await stack.api({ WEBHOOK_SECRET, WEBHOOK_PENDING_MAX: '1' });
  const image = await digitPng(4);
  const submitTo = (query = '?webhook=https://example.com/') =>
    fetch(`${api.url}/predictions${query}`, { method: 'POST', body: form(image) });
  expect((await submitTo()).status).toBe(202);
  const refused = await submitTo();
  expect(refused.headers.get('retry-after')).toBe('60');
  expect(await problemOf(refused)).toMatchObject({
    code: 'queue-full',
    retryable: true,
    detail: 'Too many deliveries to webhooks wait (1). Try again later, or without a webhook.',
  });
  expect((await submitTo('')).status).toBe(202);
  expect(await operate('status')).toMatch(/^webhooks +1 to be delivered/m);
  expect(await operate('purge-deliveries')).toBe('1 delivery is given up.');
  expect(await operate('audit')).toContain('purge-deliveries');
  await until('there is room', async () => (await submitTo()).status === 202);
});

test('what an operator did is remembered, the last first', async () => {
  await stack.api();
  await operate('pause');
  await operate('resume');
  const lines = (await operate('audit')).split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(
    /^\d{4}-\S+ {2}resume {2}\(.+, at a terminal\): Pictures are taken in and read\.$/,
  );
});

describe('a prediction that an operator deletes', () => {
  test('is gone', async () => {
    const [api] = await Promise.all([stack.api(), stack.worker()]);
    const { id } = await predict(api, await digitPng(4));
    expect(await operate('delete', id)).toBe(`${id} is deleted.`);
    expect((await fetch(`${api.url}/predictions/${id}`)).status).toBe(410);
  });

  test('must be one that there was', async () => {
    await stack.api();
    await expect(operate('delete', '0190163d-8694-739b-aea5-966c26f8ad91')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no prediction has the id'),
    });
  });
});

test('a prefix that no service uses is refused, and nothing of it is left', async () => {
  await expect(operate('status')).rejects.toMatchObject({
    stderr: expect.stringContaining('no service uses'),
  });
  expect(await stack.redis.keys(`${stack.prefix}:*`)).toEqual([]);
});

test.each([[[]], [['stop']], [['toString']], [['status', 'now']], [['delete']]])(
  '%j is refused with what there is',
  async (args) => {
    await expect(operate(...args)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('usage: npm run queue -- COMMAND'),
    });
  },
);
