import { batch, batchAccepted } from '@inkqueue/shared/contracts/batch';
import { isFinal, type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import { problem } from '@inkqueue/shared/contracts/problems';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { find, submit } from './client.ts';
import { digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack } from './stack.ts';
import { connectSubscriber } from './subscriber.ts';
import { until } from './until.ts';

/** How many predictions; half of them come in batches. */
const COUNT = Number(process.env.RANDOM_ENDS ?? 1_000);
const BATCH = 100;
/** Cancels come within this time from the acceptance: about as long as the predictions wait. */
const WITHIN_MS = COUNT / 2;
const IN_PARALLEL = 64;

const stack = createStack();
let apis: [Running, Running];
let image: Buffer;
beforeAll(async () => {
  image = await digitPng(7, { side: 800 });
  apis = await Promise.all([stack.api(), stack.api()]);
});
afterAll(() => stack.close());

/** Runs tasks, some at a time. */
async function all<T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const rest = tasks.entries();
  const runner = async () => {
    for (const [i, task] of rest) results[i] = await task();
  };
  await Promise.all(Array.from({ length: IN_PARALLEL }, runner));
  return results;
}

const anyApi = () => apis[Math.random() < 0.5 ? 0 : 1];

async function submitBatch(): Promise<{ id: string; ids: string[] }> {
  const body = new FormData();
  for (let i = 0; i < BATCH; i++) body.append('file', new Blob([new Uint8Array(image)]), `${i}.png`);
  const response = await fetch(`${anyApi().url}/batches`, { method: 'POST', body });
  const { id, predictions } = batchAccepted.parse(await response.json());
  return { id, ids: predictions.map((entry) => entry.id) };
}

/** Cancels a prediction through any process, and says how it had ended according to the answer. */
async function cancel(id: string): Promise<string> {
  const response = await fetch(`${anyApi().url}/predictions/${id}/cancel`, { method: 'POST' });
  const body: unknown = await response.json();
  if (response.status === 200) return prediction.parse(body).status;
  return problem.parse(body).prediction_status ?? `${response.status}`;
}

test(`of ${COUNT} predictions, a random half of which is canceled at random times, each has one end, however it is read`, async () => {
  const follower = await connectSubscriber(apis[1]);
  const canceled = new Map<string, Promise<string>>();
  const latencies: number[] = [];

  function maybeCancel(id: string): void {
    if (Math.random() < 0.5) return;
    const end = new Promise<void>((resolve) => void setTimeout(resolve, Math.random() * WITHIN_MS)).then(
      async () => {
        const began = performance.now();
        const status = await cancel(id);
        latencies.push(performance.now() - began);
        return status;
      },
    );
    canceled.set(id, end);
  }

  const batches: { id: string; ids: string[] }[] = [];
  const followed: string[] = [];
  const singles: string[] = [];
  const submitOne = async () => {
    const { id } = await submit(anyApi(), image);
    singles.push(id);
    maybeCancel(id);
    if (followed.length >= 500) return;
    followed.push(id);
    const now = await follower.subscribe({ topic: 'prediction', id });
    if (isFinal(now.status)) follower.predictions.push(now);
  };
  const submitMany = async () => {
    const accepted = await submitBatch();
    batches.push(accepted);
    accepted.ids.forEach(maybeCancel);
  };
  const tasks = [
    ...Array.from({ length: COUNT / 2 / BATCH }, () => submitMany),
    ...Array.from({ length: COUNT / 2 }, () => submitOne),
  ];
  const accepted = all(tasks);
  await Promise.all([stack.worker(), stack.worker()]);
  await accepted;

  const ends = new Map<string, Prediction>();
  const ids = [...singles, ...batches.flatMap((each) => each.ids)];
  expect(new Set(ids).size).toBe(COUNT);
  await all(ids.map((id) => async () => void ends.set(id, await find(anyApi(), id, 60))));
  const tally: Record<string, number> = {};
  for (const { status } of ends.values()) tally[status] = (tally[status] ?? 0) + 1;
  expect(Object.keys(tally).sort()).toEqual(['canceled', 'succeeded']);
  for (const [id, said] of canceled) expect(await said).toBe(ends.get(id)?.status);

  // The other process, the batches, their lines and who followed say the same.
  for (const api of apis) {
    await all(ids.map((id) => async () => expect(await find(api, id)).toEqual(ends.get(id))));
    for (const { id, ids } of batches) {
      const { counts } = batch.parse(await (await fetch(`${api.url}/batches/${id}?limit=1`)).json());
      const statuses = ids.map((each) => ends.get(each)?.status);
      expect(counts.canceled).toBe(statuses.filter((status) => status === 'canceled').length);
      expect(counts.succeeded).toBe(statuses.filter((status) => status === 'succeeded').length);
      const lines = (await (await fetch(`${api.url}/batches/${id}?format=csv`)).text()).split('\r\n');
      expect(lines.slice(1, -1).map((line) => line.split(',')[2])).toEqual(statuses);
    }
  }
  const finals = () => follower.predictions.filter(({ status }) => isFinal(status));
  await until('every follower was told', () => finals().length === followed.length);
  for (const end of finals()) expect(end).toEqual(ends.get(end.id));
  follower.close();
  expect(await stack.redis.get(`${stack.prefix}:uploads-count`)).toBe('0');
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)]?.toFixed(1);
  process.stdout.write(`${JSON.stringify(tally)}; a cancel took ${at(0.5)} ms, p99 ${at(0.99)} ms\n`);
}, 180_000);
