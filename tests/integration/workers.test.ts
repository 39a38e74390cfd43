import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { find, predict, submit } from './client.ts';
import { releaseOrphans } from './leaks.ts';
import { digitPng, slowPage } from './pictures.ts';
import { jobOf, waitingImages } from './queue.ts';
import { createStack, type Stack } from './stack.ts';
import { until } from './until.ts';

let stack: Stack;
let slow: Buffer;
beforeAll(async () => {
  slow = await slowPage();
});
beforeEach(() => {
  stack = createStack();
});
afterEach(() => stack.close());

const queueKey = (name: string) => `${stack.prefix}:${QUEUE_NAME}:${name}`;

/** Which workers took the jobs of these predictions: BullMQ writes the worker's id into a job. */
async function takers(ids: string[]): Promise<Set<string | null>> {
  return new Set(await Promise.all(ids.map((id) => stack.redis.hget(queueKey(jobOf(id)), 'pb'))));
}

test('two workers share the queue', async () => {
  const [api] = await Promise.all([
    stack.api(),
    stack.worker({ CONCURRENCY: '2' }),
    stack.worker({ CONCURRENCY: '2' }),
  ]);
  // Large enough for a job each: small images that come together may all share a job, which one worker takes.
  const ids = await Promise.all(Array.from({ length: 12 }, async () => (await submit(api, slow)).id));
  expect(new Set(ids.map(jobOf)).size).toBe(ids.length);
  const ends = await Promise.all(ids.map((id) => find(api, id, 30)));
  expect(ends.map(({ result }) => result?.predicted_digit)).toEqual(ids.map(() => 4));
  expect((await takers(ids)).size).toBe(2);
});

test('another worker finishes the jobs of a killed one within ten seconds, each once', async () => {
  const [api, doomed] = await Promise.all([
    stack.api(),
    stack.worker({ CONCURRENCY: '16', DECODE_CONCURRENCY: '1' }),
  ]);
  const ids = await Promise.all(Array.from({ length: 12 }, async () => (await submit(api, slow)).id));
  await until(
    'the worker has taken all jobs',
    async () =>
      (await stack.redis.llen(queueKey('active'))) > 0 &&
      (await waitingImages(stack.redis, stack.prefix)) === 0,
    20_000,
  );
  const waits = ids.map((id) => find(api, id, 60));
  await doomed.kill();
  const killed = Date.now();
  const left = await stack.redis.lrange(queueKey('active'), 0, -1);
  expect(left.length).toBeGreaterThan(0);
  await stack.worker();

  const ends = await Promise.all(waits);
  expect(ends.map(({ result, error }) => result?.predicted_digit ?? error)).toEqual(ids.map(() => 4));
  const started = ends
    .filter(({ id }) => left.includes(jobOf(id)))
    .map(({ started_at }) => Date.parse(started_at!));
  expect(Math.max(...started) - killed).toBeLessThan(10_000);
  // Each job has one record, finished once.
  expect(await stack.redis.zcard(queueKey('completed'))).toBe(new Set(ids.map(jobOf)).size);
  await stack.untilForgotten(doomed);
  // The worker may have died between the end of a job and the release of its images.
  await releaseOrphans(stack.redis, stack.prefix);
}, 60_000);

test('an image that three lost workers had taken fails, and no other does', async () => {
  const api = await stack.api();
  const { id } = await submit(api, await digitPng(1));
  await loseWorkers(3);
  await stack.worker();
  expect(await find(api, id, 30)).toMatchObject({
    status: 'failed',
    error: { code: 'worker-lost', retryable: true },
  });
  expect(await predict(api, await digitPng(1))).toMatchObject({ predicted_digit: 1 });
});

/** Takes a job as a worker does, `times` times, and never finishes it: its lock expires at once. */
async function loseWorkers(times: number): Promise<void> {
  const connection = new Redis(stack.redisUrl, { maxRetriesPerRequest: null });
  const checker = new Worker(QUEUE_NAME, null, {
    connection,
    prefix: stack.prefix,
    autorun: false,
    lockDuration: 20,
    stalledInterval: 100,
    maxStalledCount: 2,
  });
  try {
    await checker.startStalledCheckTimer();
    for (let lost = 1; lost <= times; lost++) {
      const job = await until('the job can be taken', () =>
        checker.getNextJob(`lost-${lost}`, { block: false }),
      );
      // From the second attempt on a worker notes which image it begins.
      if (lost > 1) await job.updateProgress({ outcomes: {}, tries: { 0: lost - 1 } });
      if (lost === times) break;
      await until(
        'the job is back in the queue',
        async () => (await waitingImages(stack.redis, stack.prefix)) === 1,
      );
    }
  } finally {
    await checker.close(true);
    connection.disconnect();
  }
}

test('at SIGTERM a worker finishes its active jobs and takes no new one', async () => {
  const [api, worker] = await Promise.all([stack.api(), stack.worker({ CONCURRENCY: '3' })]);
  const ids = await Promise.all(Array.from({ length: 10 }, async () => (await submit(api, slow)).id));
  await until(
    'three jobs are active',
    async () => (await stack.redis.llen(queueKey('active'))) === 3,
    20_000,
  );
  await worker.stop();

  const [waiting, active, done] = await Promise.all([
    waitingImages(stack.redis, stack.prefix),
    stack.redis.llen(queueKey('active')),
    stack.redis.zcard(queueKey('completed')),
  ]);
  expect(active).toBe(0);
  expect(done).toBeGreaterThanOrEqual(3);
  expect(waiting).toBe(ids.length - done);
  expect(waiting).toBeGreaterThan(0);
  expect((await fetch(`${api.url}/health/serving`)).status).toBe(503);
  // Else a service whose workers were scaled to zero would take nothing that could wake them.
  expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);

  await stack.worker();
  const ends = await Promise.all(ids.map((id) => find(api, id, 60)));
  expect(ends.every(({ result }) => result?.predicted_digit === 4)).toBe(true);
}, 60_000);
