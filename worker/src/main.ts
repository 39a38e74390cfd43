import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { parseEnv } from '@inkqueue/shared/node/env';
import { listen } from '@inkqueue/shared/node/listen';
import { createLogger } from '@inkqueue/shared/node/log';
import { announceWorker } from '@inkqueue/shared/node/presence';
import { closeConnection, connectOrFail, createConsumerConnection } from '@inkqueue/shared/node/redis';
import { followRedisClock } from '@inkqueue/shared/node/redis-clock';
import { whileRedisAnswers } from '@inkqueue/shared/node/redis-closing';
import { createShutdown } from '@inkqueue/shared/node/shutdown';
import { createUploads } from '@inkqueue/shared/node/uploads';
import { runMain } from '@inkqueue/shared/node/user-error';
import { createConsumer } from './consumer.ts';
import { workerEnv } from './env.ts';
import { createImageFetcher } from './fetch/fetcher.ts';
import { fetchFirst } from './fetch/fetching.ts';
import { createHealthServer } from './health.ts';
import { createHeavyLane } from './heavy/lane.ts';
import { takeTurns } from './heavy/turns.ts';
import { loadModel } from './pipeline/model.ts';
import { createPredict } from './pipeline/predict.ts';
import { createPreprocess } from './pipeline/preprocess.ts';
import { createProcessor } from './processor.ts';
import { countImages } from './workload.ts';

/** The worker's composition root: environment → Redis → model → queue → ready. */
async function main(): Promise<void> {
  const env = parseEnv(workerEnv, process.env);
  const id = randomUUID();
  const log = createLogger({ name: 'worker', level: env.LOG_LEVEL });
  const shutdown = createShutdown({ log, timeoutMs: env.SHUTDOWN_TIMEOUT_MS });

  const connection = createConsumerConnection({ url: env.REDIS_URL, role: 'worker', log });
  const largeConnection = createConsumerConnection({ url: env.REDIS_URL, role: 'worker-large', log });
  const [model] = await Promise.all([
    loadModel({ directory: env.MODEL_DIR, threads: env.INFERENCE_THREADS }),
    connectOrFail(connection, env.REDIS_URL),
    connectOrFail(largeConnection, env.REDIS_URL),
  ]);
  await followRedisClock({ connection, log });
  const { manifest } = model;
  shutdown.onStop('redis', () => Promise.all([connection, largeConnection].map(closeConnection)));
  shutdown.onStop('model', () => model.close());

  const uploads = createUploads({ connection, largeConnection, prefix: env.QUEUE_PREFIX });
  const memoryMax = env.DECODE_MAX_BYTES;
  const predict = createPredict({
    model,
    preprocess: createPreprocess({ manifest, memoryMax, heavyToInk: createHeavyLane({ memoryMax }).toInk }),
    batchMax: env.BATCH_MAX,
    concurrency: env.DECODE_CONCURRENCY,
  });
  const { process: runJob, workload } = countImages(
    fetchFirst({
      run: takeTurns(createProcessor({ uploads, predict, manifest, log })),
      fetchImage: env.FETCH_IMAGES
        ? createImageFetcher({ maxBytes: env.FETCH_MAX_BYTES, timeoutMs: env.FETCH_TIMEOUT_MS }).fetchImage
        : null,
      timeoutMs: env.FETCH_TIMEOUT_MS,
      maxBytes: env.QUEUE_MAX_BYTES,
      uploads,
      log,
    }),
  );
  const consumer = createConsumer({
    connection,
    prefix: env.QUEUE_PREFIX,
    id,
    concurrency: env.CONCURRENCY,
    process: runJob,
    uploads,
    keepMs: env.RETRY_KEEP_SECONDS * 1_000,
    log,
  });
  if (env.HEALTH_PORT > 0) {
    const health = createHealthServer({
      isReady: () => connection.status === 'ready' && consumer.isRunning() && !consumer.closing,
    });
    await listen(health, { port: env.HEALTH_PORT });
    shutdown.onStop('health', () => health.close());
  }

  await consumer.waitUntilReady();
  consumer.run().catch((error: unknown) => {
    if (consumer.closing) return;
    log.fatal({ err: error }, 'the consumer ended');
    void shutdown.stop('consumer ended');
  });
  // Closing waits for running jobs and takes no new one. Without Redis they cannot be finished: another worker takes them over.
  shutdown.onStop('queue', () => whileRedisAnswers(connection, consumer.close()));

  const presence = announceWorker({
    connection,
    prefix: env.QUEUE_PREFIX,
    presence: {
      id,
      host: hostname(),
      pid: process.pid,
      started_at: new Date(Date.now()).toISOString(),
      model: manifest,
    },
    workload,
    log,
  });
  shutdown.onStop('presence', () => presence.stop());

  log.info({ worker: id, model: manifest.name, version: manifest.version }, 'ready');
  process.send?.({ type: 'ready' });
}

runMain('worker', main);
