import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createCounts } from '@inkqueue/shared/node/counts';
import { parseEnv } from '@inkqueue/shared/node/env';
import { growHeapFreely } from '@inkqueue/shared/node/heap';
import { listen } from '@inkqueue/shared/node/listen';
import { createLogger } from '@inkqueue/shared/node/log';
import { createMetrics, createMetricsServer } from '@inkqueue/shared/node/metrics';
import { readVersion } from '@inkqueue/shared/node/package-version';
import { findModelCard, listWorkers } from '@inkqueue/shared/node/presence';
import { followRedisClock } from '@inkqueue/shared/node/redis/clock';
import { whileRedisAnswers } from '@inkqueue/shared/node/redis/closing';
import {
  closeConnection,
  connectOrFail,
  createConsumerConnection,
  createProducerConnection,
} from '@inkqueue/shared/node/redis/connections';
import { redisServer } from '@inkqueue/shared/node/redis/server';
import { createShutdown } from '@inkqueue/shared/node/shutdown';
import { openTracing } from '@inkqueue/shared/node/tracing';
import { createUploads } from '@inkqueue/shared/node/uploads';
import { runMain } from '@inkqueue/shared/node/user-error';
import { createActivity } from './activity/activity.ts';
import { createActivityPoints } from './activity/points.ts';
import { createApp } from './app.ts';
import { createBatches } from './batches/batches.ts';
import { createBatchRecords } from './batches/records.ts';
import { createCards } from './cards/cards.ts';
import { apiEnv } from './env.ts';
import { toProblemError } from './errors.ts';
import { createFeedback } from './feedback/feedback.ts';
import { createFeedbackRecords } from './feedback/records.ts';
import { createHealth } from './health.ts';
import { createReceivers } from './http/bodies/receivers.ts';
import { countRefusals } from './http/observing/refusals.ts';
import { createRequestLog } from './http/observing/request-log.ts';
import { createOrigins } from './http/origins.ts';
import { stripBasePath } from './http/server/base-path.ts';
import { closeServer } from './http/server/closing.ts';
import { createDraining } from './http/server/draining.ts';
import { createRequestSignals } from './http/server/request-signals.ts';
import { createHttpServer } from './http/server/server.ts';
import { ignoreOtherUpgrades } from './http/server/upgrades.ts';
import { createLists } from './lists.ts';
import { createEventStreams } from './live/event-streams.ts';
import { createLive, disconnectAll, SOCKET_PATH } from './live/live.ts';
import { createTopicSources } from './live/topics.ts';
import { createApiMetrics } from './metrics.ts';
import { createAudit } from './operate/audit.ts';
import { openBoard } from './operate/console/board.ts';
import { createConsole } from './operate/console/console.ts';
import { createPredictions } from './predictions/predictions.ts';
import { createPresenter } from './predictions/presenter.ts';
import { openQueue } from './queue/queue.ts';
import { createIdempotency } from './repeats/idempotency.ts';
import { createResultCache } from './repeats/result-cache.ts';
import { activityRoutes } from './routes/activity.ts';
import { batchEndRoutes } from './routes/batch-ends.ts';
import { batchRoutes } from './routes/batches.ts';
import { eventRoutes } from './routes/events.ts';
import { feedbackRoutes } from './routes/feedback.ts';
import { healthRoutes } from './routes/health.ts';
import { listRoutes } from './routes/lists.ts';
import { modelRoutes } from './routes/models.ts';
import { predictionEndRoutes } from './routes/prediction-ends.ts';
import { predictionRoutes } from './routes/predictions.ts';
import { createWebhookCheck } from './webhooks/address.ts';

/** How long the bytes of an image may take to Redis. */
const LARGE_SILENT_MS = 10_000;
/** How long after its acceptance a batch may still be waiting, for its record to be kept. */
const BATCH_WAIT_MAX_MS = 7 * 24 * 3_600_000;

/** The api's composition root: environment → Redis → queue → HTTP and sockets → ready. */
async function main(): Promise<void> {
  growHeapFreely();
  const env = parseEnv(apiEnv, process.env);
  const prefix = env.QUEUE_PREFIX;
  const log = createLogger({ name: 'api', level: env.LOG_LEVEL, format: env.LOG_FORMAT });
  const shutdown = createShutdown({ log, timeoutMs: env.SHUTDOWN_TIMEOUT_MS + env.DRAIN_MS });
  const version = await readVersion(new URL('../package.json', import.meta.url));

  const redis = redisServer(env);
  const connection = createProducerConnection({ server: redis, role: 'api', log });
  const largeConnection = createProducerConnection({
    server: redis,
    role: 'api-large',
    log,
    silentMs: LARGE_SILENT_MS,
  });
  const eventsConnection = createConsumerConnection({ server: redis, role: 'api-events', log });
  const connections = [connection, largeConnection, eventsConnection];
  await Promise.all(connections.map((each) => connectOrFail(each, redis)));
  shutdown.onStop('redis', () => Promise.all(connections.map(closeConnection)));

  await followRedisClock({ connection, log });
  const counts = createCounts({ connection, prefix, log });
  shutdown.onStop('counts', () => whileRedisAnswers(connection, counts.close()));
  const limits = { maxCount: env.QUEUE_MAX_COUNT, maxBytes: env.QUEUE_MAX_BYTES };
  const queue = await openQueue({
    connection,
    eventsConnection,
    prefix,
    uploads: createUploads({ connection, largeConnection, prefix }),
    counts,
    limits,
    waitMaxMs: env.QUEUE_TIME_MAX_SECONDS > 0 ? env.QUEUE_TIME_MAX_SECONDS * 1_000 : null,
    isListed: env.LIST_PREDICTIONS,
    deliveriesMax: env.WEBHOOK_PENDING_MAX,
    retention: { ageSeconds: env.RESULT_TTL_SECONDS, count: env.RESULT_MAX_COUNT },
    log,
  });
  shutdown.onStop('queue', queue.close);
  queue.run().catch((error: unknown) => {
    log.fatal({ err: error }, 'the event reader ended');
    void shutdown.stop('event reader ended');
  });

  const basePath = env.BASE_PATH;
  const present = createPresenter({
    feedback: env.FEEDBACK,
    resultTtlMs: env.RESULT_TTL_SECONDS * 1_000,
    basePath,
  });
  const idempotency = createIdempotency({ connection, prefix });
  const cache =
    env.RESULT_CACHE_TTL_SECONDS > 0
      ? createResultCache({
          connection,
          prefix,
          ttlMs: 1_000 * Math.min(env.RESULT_CACHE_TTL_SECONDS, env.RESULT_TTL_SECONDS),
          max: env.RESULT_MAX_COUNT,
          models: async () => (await activity.now()).workers.map(({ model }) => model),
          find: async (id) => (await queue.getAll([id]))[0] ?? null,
        })
      : null;
  const predictions = createPredictions({ queue, present, idempotency, cache });
  const batches = createBatches({
    queue,
    present,
    records: createBatchRecords({
      connection,
      prefix,
      waitMaxMs: BATCH_WAIT_MAX_MS,
      resultTtlMs: env.RESULT_TTL_SECONDS * 1_000,
    }),
    idempotency,
    imageMaxBytes: env.UPLOAD_MAX_BYTES,
    basePath,
  });
  const feedbackRecords = createFeedbackRecords({ connection, prefix });
  const feedback = env.FEEDBACK
    ? createFeedback({ predictions, records: feedbackRecords, max: env.FEEDBACK_MAX })
    : null;
  const workers = () => listWorkers({ connection, prefix, log });
  const draining = createDraining();
  const health = createHealth({ queue, listWorkers: workers, isDraining: draining.isDraining });
  const activity = createActivity({
    health,
    points: createActivityPoints({ connection, prefix }),
    memory: queue.memory,
    limits,
    hasConsole: env.CONSOLE_PASSWORD !== undefined,
  });

  const sources = createTopicSources({
    predictions,
    batches,
    activity,
    report(error) {
      if (toProblemError(error).code === 'internal')
        log.error({ err: error }, 'could not gather the activity');
    },
  });
  const streams = createEventStreams({ sources });

  const tracing = env.OTEL_EXPORTER_OTLP_ENDPOINT
    ? await openTracing({ role: 'api', version, sampler: env.OTEL_TRACES_SAMPLER })
    : null;
  if (tracing) shutdown.onStop('traces', tracing.close);
  const hasWebhooks = env.WEBHOOK_SECRET !== undefined;
  const registry =
    env.METRICS_PORT > 0 ? createMetrics({ role: 'api', version, hasExemplars: tracing !== null }) : null;
  const metrics =
    registry &&
    createApiMetrics({
      registry,
      queue,
      health,
      limits,
      liveConnections: () => live.engine.clientsCount,
      hasWebhooks,
      isTraced: tracing !== null,
    });
  const operatorsPage = env.CONSOLE_PASSWORD
    ? createConsole({
        password: env.CONSOLE_PASSWORD,
        log,
        basePath,
        trustProxy: env.TRUST_PROXY > 0,
        operations: queue.operations,
        audit: createAudit({ connection, prefix, log }),
        workers,
        board: await openBoard({ connection, prefix, basePath }),
      })
    : null;
  const { traceRequests } = tracing ? await import('./http/observing/tracing.ts') : {};
  const signals = createRequestSignals();
  const origins = createOrigins({ allowed: env.CORS_ORIGINS, trustProxy: env.TRUST_PROXY > 0 });
  const routes = [
    ...predictionRoutes({
      predictions,
      predictTimeoutMs: env.PREDICT_TIMEOUT_MS,
      waitMaxMs: env.PREDICT_MAX_WAIT_SECONDS * 1_000,
      streams,
      checkWebhook: createWebhookCheck({ isOn: hasWebhooks, allowsPrivate: env.WEBHOOK_ALLOW_PRIVATE }),
    }),
    ...predictionEndRoutes({ predictions, removeFeedback: feedbackRecords.remove }),
    ...listRoutes({
      lists: env.LIST_PREDICTIONS ? createLists({ queue, batches, present, basePath }) : null,
    }),
    ...eventRoutes({ streams }),
    ...feedbackRoutes({ feedback }),
    ...batchRoutes({ batches }),
    ...batchEndRoutes({ batches, removeFeedback: feedbackRecords.remove }),
    ...modelRoutes({ workers, card: (model) => findModelCard({ connection, prefix, model }) }),
    ...activityRoutes({ activity }),
    ...healthRoutes({ health, version, basePath }),
  ];
  const app = createApp({
    routes,
    version,
    receivers: createReceivers({
      maxBytes: env.UPLOAD_MAX_BYTES,
      memoryMaxBytes: env.UPLOADS_IN_FLIGHT_MAX_BYTES,
      timeoutMs: env.UPLOAD_TIMEOUT_MS,
      fetches: env.FETCH_IMAGES,
    }),
    signals,
    draining,
    origins,
    proxies: env.TRUST_PROXY,
    basePath,
    imageMaxBytes: env.UPLOAD_MAX_BYTES,
    pageDirectory: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    sendCard: createCards({ find: predictions.find }),
    console: operatorsPage,
    tracing: tracing && traceRequests ? traceRequests(tracing) : null,
    observers: [
      countRefusals({ routes, counts }),
      ...(metrics ? [metrics.observe] : []),
      ...(log.isLevelEnabled('warn') ? [createRequestLog(log)] : []),
    ],
    log,
  });
  const server = createHttpServer(app.callback(), { headersTimeoutMs: env.UPLOAD_TIMEOUT_MS });
  const live = createLive({
    server,
    sources,
    log,
    admits: origins.admits,
    corsOrigins: env.CORS_ORIGINS,
  });
  queue.onDataLost(() => {
    disconnectAll(live);
    streams.endAll();
  });
  ignoreOtherUpgrades(server, { path: SOCKET_PATH });
  stripBasePath(server, basePath);
  if (metrics && registry) {
    const metricsServer = createMetricsServer({ registry, refresh: metrics.refresh });
    await listen(metricsServer, { port: env.METRICS_PORT, host: env.METRICS_HOST });
    shutdown.onStop('metrics', () => metricsServer.close());
  }
  await listen(server, { port: env.PORT, host: env.HOST });
  shutdown.onStop('http', () =>
    closeServer({
      server,
      signals,
      close: () => live.close(),
      timeoutMs: env.SHUTDOWN_TIMEOUT_MS / 2,
      draining,
      drainMs: env.DRAIN_MS,
    }),
  );

  const { port } = server.address() as AddressInfo;
  log.info({ port }, 'ready');
  process.send?.({ type: 'ready', url: `http://localhost:${port}` });
}

runMain('api', main);
