// An api without HTTP: keeps a number of jobs in the queue through the api's own queue, and reads the queue's events as every api does.
import { readFileSync } from 'node:fs';
import { createCounts } from '@inkqueue/shared/node/counts';
import {
  connectOrFail,
  createConsumerConnection,
  createProducerConnection,
} from '@inkqueue/shared/node/redis/connections';
import { redisServer } from '@inkqueue/shared/node/redis/server';
import { createUploads } from '@inkqueue/shared/node/uploads';
import { runMain } from '@inkqueue/shared/node/user-error';
import { loadQueue } from './modules.ts';
import { log, PREFIX, readSettings } from './settings.ts';

const WAIT_MAX_MS = 60_000;
/** The queue keeps few results, so that from the first second on each job that ends removes the oldest one, as in a Redis that is in long use. */
const RESULTS_KEPT = 200;

async function main(): Promise<void> {
  const settings = readSettings();
  const { openQueue } = await loadQueue();
  const server = redisServer(settings);
  const connection = createProducerConnection({ server, role: 'api', log });
  const largeConnection = createProducerConnection({ server, role: 'api-large', log });
  const eventsConnection = createConsumerConnection({ server, role: 'api-events', log });
  for (const each of [connection, largeConnection, eventsConnection]) await connectOrFail(each, server);
  const queue = await openQueue({
    connection,
    eventsConnection,
    prefix: PREFIX,
    uploads: createUploads({ connection, largeConnection, prefix: PREFIX }),
    counts: createCounts({ connection, prefix: PREFIX, log }),
    limits: { maxCount: 1_000_000, maxBytes: 1_000_000_000 },
    waitMaxMs: null,
    isListed: false,
    deliveriesMax: 0,
    retention: { ageSeconds: 3_600, count: RESULTS_KEPT },
    log,
  });
  const reading = queue.run();
  process.send?.({ type: 'ready' });

  const bytes = readFileSync(settings.BENCH_IMAGE);
  const image = { bytes, release() {}, preview: false };
  const { signal } = new AbortController();
  // What must happen before a picture is taken in gives it a job of its own.
  const before = settings.BENCH_PICTURES === 1 ? async () => {} : undefined;

  /** The pictures of one turn share a job. @throws where one has no result in time */
  async function submitJob(): Promise<void> {
    const submitted = Array.from({ length: settings.BENCH_PICTURES }, async () => {
      const { id, added } = queue.add(image, 'waiting', before);
      const ended = queue.wait(id, { timeoutMs: WAIT_MAX_MS, signal });
      await added;
      const state = await ended;
      if (state?.status !== 'succeeded') throw new Error(`a prediction ended as ${state?.status}`);
    });
    await Promise.all(submitted);
  }

  async function keepSubmitting(): Promise<never> {
    for (;;) await submitJob();
  }

  await Promise.all([reading, ...Array.from({ length: settings.BENCH_JOBS }, keepSubmitting)]);
}

runMain('producer', main);
