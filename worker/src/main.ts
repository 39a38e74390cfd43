import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createCounts } from '@inkqueue/shared/node/counts';
import { parseEnv } from '@inkqueue/shared/node/env';
import { createFailures } from '@inkqueue/shared/node/failures';
import { createHealthServer } from '@inkqueue/shared/node/health-server';
import { growHeapFreely } from '@inkqueue/shared/node/heap';
import { listen } from '@inkqueue/shared/node/listen';
import { createLogger } from '@inkqueue/shared/node/log';
import { createMetrics, createMetricsServer } from '@inkqueue/shared/node/metrics';
import { readVersion } from '@inkqueue/shared/node/package-version';
import { announceWorker } from '@inkqueue/shared/node/presence';
import { followRedisClock } from '@inkqueue/shared/node/redis/clock';
import { closeConsumer, whileRedisAnswers } from '@inkqueue/shared/node/redis/closing';
import {
  closeConnection,
  connectOrFail,
  createConsumerConnection,
} from '@inkqueue/shared/node/redis/connections';
import { redisServer } from '@inkqueue/shared/node/redis/server';
import { createShutdown } from '@inkqueue/shared/node/shutdown';
import { openTracing } from '@inkqueue/shared/node/tracing';
import { createUploads } from '@inkqueue/shared/node/uploads';
import { runMain } from '@inkqueue/shared/node/user-error';
import { createConsumer } from './consumer.ts';
import { countEnds, createEnds } from './ends.ts';
import { workerEnv } from './env.ts';
import { createImageFetcher } from './fetch/fetcher.ts';
import { fetchFirst } from './fetch/fetching.ts';
import { createHeavyLane } from './heavy/lane.ts';
import { takeTurns } from './heavy/turns.ts';
import { createWorkerMetrics } from './metrics.ts';
import { readModelCard } from './model-card.ts';
import { leaveNewer } from './newer-jobs.ts';
import { loadModel } from './pipeline/model.ts';
import { createPredict } from './pipeline/predict.ts';
import { createPreprocess } from './pipeline/preprocess.ts';
import { createProcessor } from './processor.ts';
import { countImages } from './workload.ts';

/** The worker's composition root: environment → Redis → model → queue → ready. */
async function main(): Promise<void> {
  growHeapFreely();
  const env = parseEnv(workerEnv, process.env);
  const id = randomUUID();
  const log = createLogger({ name: 'worker', level: env.LOG_LEVEL, format: env.LOG_FORMAT });
  const shutdown = createShutdown({ log, timeoutMs: env.SHUTDOWN_TIMEOUT_MS });

  const server = redisServer(env);
  const connection = createConsumerConnection({ server, role: 'worker', log });
  const largeConnection = createConsumerConnection({ server, role: 'worker-large', log });
  const [model] = await Promise.all([
    loadModel({ directory: env.MODEL_DIR, threads: env.INFERENCE_THREADS }),
    connectOrFail(connection, server),
    connectOrFail(largeConnection, server),
  ]);
  await followRedisClock({ connection, log });
  const { manifest } = model;
  shutdown.onStop('redis', () => Promise.all([connection, largeConnection].map(closeConnection)));
  shutdown.onStop('model', () => model.close());

  const version = await readVersion(new URL('../package.json', import.meta.url));
  const registry = env.METRICS_PORT > 0 ? createMetrics({ role: 'worker', version }) : null;
  const metrics = registry && createWorkerMetrics(registry);
  const tracing = env.OTEL_EXPORTER_OTLP_ENDPOINT
    ? await openTracing({ role: 'worker', version, sampler: env.OTEL_TRACES_SAMPLER })
    : null;
  if (tracing) shutdown.onStop('traces', tracing.close);
  const { createWorkerTracing } = tracing ? await import('./tracing.ts') : {};
  const workerTracing = tracing && createWorkerTracing ? createWorkerTracing(tracing) : null;
  const traced = workerTracing ? workerTracing.traceRuns(model.run) : model.run;
  const uploads = createUploads({ connection, largeConnection, prefix: env.QUEUE_PREFIX });
  const memoryMax = env.DECODE_MAX_BYTES;
  const predict = createPredict({
    model: { manifest, run: metrics ? metrics.countRuns(traced) : traced },
    preprocess: createPreprocess({ manifest, memoryMax, heavyToInk: createHeavyLane({ memoryMax }).toInk }),
    batchMax: env.BATCH_MAX,
    concurrency: env.DECODE_CONCURRENCY,
  });
  const counts = createCounts({ connection, prefix: env.QUEUE_PREFIX, log });
  shutdown.onStop('counts', () => whileRedisAnswers(connection, counts.close()));
  const noteFailure = createFailures({ connection, prefix: env.QUEUE_PREFIX });
  const ends = createEnds([countEnds({ counts, noteFailure }), ...(metrics ? [metrics.countEnd] : [])]);
  const run = fetchFirst({
    run: takeTurns(
      createProcessor({
        uploads,
        predict,
        manifest,
        worker: id,
        log,
        trace: workerTracing?.record ?? null,
        noteCanceled: ends.noteCanceled,
      }),
    ),
    fetchImage: env.FETCH_IMAGES
      ? createImageFetcher({ maxBytes: env.FETCH_MAX_BYTES, timeoutMs: env.FETCH_TIMEOUT_MS }).fetchImage
      : null,
    timeoutMs: env.FETCH_TIMEOUT_MS,
    maxBytes: env.QUEUE_MAX_BYTES,
    uploads,
    log,
  });
  const { process: runJob, running, workload } = countImages(run);
  const consumer = createConsumer({
    connection,
    prefix: env.QUEUE_PREFIX,
    id,
    concurrency: env.CONCURRENCY,
    process: leaveNewer(runJob),
    uploads,
    keepMs: env.RETRY_KEEP_SECONDS * 1_000,
    log,
  });
  ends.follow(consumer);
  if (env.HEALTH_PORT > 0) {
    const health = createHealthServer({
      isReady: () => connection.status === 'ready' && consumer.isRunning() && !consumer.closing,
    });
    await listen(health, { port: env.HEALTH_PORT });
    shutdown.onStop('health', () => health.close());
  }

  if (metrics && registry) {
    metrics.follow(consumer);
    metrics.gauge({ connection, running });
    const server = createMetricsServer({ registry });
    await listen(server, { port: env.METRICS_PORT, host: env.METRICS_HOST });
    shutdown.onStop('metrics', () => server.close());
  }

  await consumer.waitUntilReady();
  consumer.run().catch((error: unknown) => {
    if (consumer.closing) return;
    log.fatal({ err: error }, 'the consumer ended');
    void shutdown.stop('consumer ended');
  });
  // Closing waits for running jobs and takes no new one. Without Redis they cannot be finished: another worker takes them over.
  shutdown.onStop('queue', () => closeConsumer(connection, consumer));

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
    card: await readModelCard({ directory: env.MODEL_DIR, manifest, log }),
    log,
  });
  shutdown.onStop('presence', () => presence.stop());

  log.info({ worker: id, model: manifest.name, version: manifest.version }, 'ready');
  process.send?.({ type: 'ready' });
}

runMain('worker', main);
