import getPort from 'get-port';
import { afterEach, expect, test } from 'vitest';
import { form, postPredict, predict, submit } from './client.ts';
import { digitPng } from './pictures.ts';
import { createStack, type Stack } from './stack.ts';
import { until } from './until.ts';

let stack: Stack;
afterEach(() => stack.close());

/** An api or a worker with metrics, and what a sample of them is now: null where there is none. */
async function withMetrics(role: 'api' | 'worker') {
  const port = await getPort();
  const running = await stack[role]({ METRICS_PORT: String(port) });
  const scrape = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const sample = async (name: string) => {
    const line = (await scrape()).split('\n').find((text) => text.startsWith(`${name} `));
    return line === undefined ? null : Number(line.slice(name.length + 1));
  };
  return { ...running, port, scrape, sample };
}

test('pictures are counted by what became of them, and each stage is timed', async () => {
  stack = createStack();
  const [api, worker] = await Promise.all([withMetrics('api'), withMetrics('worker')]);
  await Promise.all(([1, 2, 3] as const).map(async (digit) => predict(api, await digitPng(digit))));
  expect((await postPredict(api, form(Buffer.from('no image')))).status).toBe(415);
  const cut = (await digitPng(5)).subarray(0, 40);
  expect((await postPredict(api, form(cut))).status).toBe(422);

  expect(await worker.sample('inkqueue_predictions_total{outcome="succeeded"}')).toBe(3);
  expect(await worker.sample('inkqueue_predictions_total{outcome="failed"}')).toBe(1);
  expect(await worker.sample('inkqueue_prediction_failures_total{code="unreadable-image"}')).toBe(1);
  for (const stage of ['', 'queue_', 'decode_', 'preprocess_', 'inference_']) {
    expect(await worker.sample(`inkqueue_prediction_${stage}duration_seconds_count`)).toBe(3);
  }
  expect(await worker.sample('inkqueue_prediction_decode_duration_seconds_sum')).toBeLessThan(5);
  expect(await worker.sample('inkqueue_inference_batch_size_sum')).toBe(3);

  expect(await api.sample('inkqueue_predictions_accepted_total')).toBe(4);
  const route = 'method="POST",route="/predict"';
  expect(await api.sample(`inkqueue_http_requests_total{${route},status="200"}`)).toBe(3);
  expect(await api.sample(`inkqueue_http_request_duration_seconds_count{${route}}`)).toBe(5);
  expect(await api.sample('inkqueue_problems_total{code="unsupported-format"}')).toBe(1);
  expect(await api.sample('inkqueue_workers_ready')).toBe(1);
  expect(await api.sample('inkqueue_redis_up')).toBe(1);
}, 30_000);

test('the age of the picture that waits longest rises while nothing is read, for every way in', async () => {
  stack = createStack();
  const api = await withMetrics('api');
  expect(await api.sample('inkqueue_queue_oldest_waiting_seconds')).toBe(0);
  // A picture that is polled for waits behind those that somebody waits for, in another list.
  await submit(api, await digitPng(1));
  const first = await until('its age is seen', async () => {
    const age = await api.sample('inkqueue_queue_oldest_waiting_seconds');
    return age !== null && age >= 0.3 && age;
  });
  await postPredict(api, form(await digitPng(2)), { Prefer: 'wait=0, respond-async' });
  await until('it has grown older', async () => {
    const age = await api.sample('inkqueue_queue_oldest_waiting_seconds');
    return age !== null && age >= first + 0.3;
  });
  expect(await api.sample('inkqueue_queue_predictions{state="waiting"}')).toBe(2);
  const summary = await (await fetch(api.url)).json();
  expect(summary.queue.oldest_waiting_seconds).toBeGreaterThanOrEqual(0.6);

  await stack.worker();
  await until('nothing waits', async () => (await api.sample('inkqueue_queue_oldest_waiting_seconds')) === 0);
}, 30_000);

test('metrics have a port of their own, and nothing else is on it', async () => {
  stack = createStack();
  const api = await withMetrics('api');
  expect((await fetch(`${api.url}/metrics`)).status).toBe(404);
  const other = await fetch(`http://127.0.0.1:${api.port}/predictions`);
  expect(other.status).toBe(404);
});
