import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseEnv } from '@inkqueue/shared/node/env';
import { listen } from '@inkqueue/shared/node/listen';
import { createLogger } from '@inkqueue/shared/node/log';
import { listWorkers } from '@inkqueue/shared/node/presence';
import { createQueue, createQueueEvents, queuePosition } from '@inkqueue/shared/node/queue';
import {
  closeConnection,
  connectOrFail,
  createConsumerConnection,
  createProducerConnection,
} from '@inkqueue/shared/node/redis';
import { whileRedisAnswers } from '@inkqueue/shared/node/redis-closing';
import { createShutdown } from '@inkqueue/shared/node/shutdown';
import { createUploads } from '@inkqueue/shared/node/uploads';
import { runMain } from '@inkqueue/shared/node/user-error';
import { z } from 'zod';
import { createActivity } from './activity/activity.ts';
import { createActivityPoints } from './activity/points.ts';
import { createApp } from './app.ts';
import { createBatchRecords } from './batch-records.ts';
import { createBatchReader } from './batch-upload.ts';
import { createBatchWriter } from './batch-writer.ts';
import { createBatches } from './batches.ts';
import { refuseBrokenRequest } from './broken-requests.ts';
import { createCompletions } from './completions.ts';
import { apiEnv } from './env.ts';
import { createFeedback } from './feedback/feedback.ts';
import { createFeedbackRecords } from './feedback/records.ts';
import { createHealth } from './health.ts';
import { createIds, loadIdSecret } from './ids.ts';
import { createJobStates } from './job-states.ts';
import { createJobWriter } from './job-writer.ts';
import { createLive } from './live.ts';
import { createPredictions } from './predictions.ts';
import { activityRoutes } from './routes/activity.ts';
import { batchRoutes } from './routes/batches.ts';
import { feedbackRoutes } from './routes/feedback.ts';
import { healthRoutes } from './routes/health.ts';
import { modelRoutes } from './routes/models.ts';
import { predictionRoutes } from './routes/predictions.ts';
import { createSubmissions } from './submissions.ts';

/** How often Node.js looks for requests that took too long; its default is half a minute. */
const TIMEOUT_CHECK_MS = 500;
const IDLE_CHECK_MS = 50;

/** The api's composition root: environment → Redis → queue and its events → HTTP and sockets → ready. */
async function main(): Promise<void> {
  const env = parseEnv(apiEnv, process.env);
  const prefix = env.QUEUE_PREFIX;
  const log = createLogger({ name: 'api', level: env.LOG_LEVEL });
  const shutdown = createShutdown({ log, timeoutMs: env.SHUTDOWN_TIMEOUT_MS });
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')));

  const connection = createProducerConnection({ url: env.REDIS_URL, role: 'api', log });
  const eventsConnection = createConsumerConnection({ url: env.REDIS_URL, role: 'api-events', log });
  await Promise.all([
    connectOrFail(connection, env.REDIS_URL),
    connectOrFail(eventsConnection, env.REDIS_URL),
  ]);
  shutdown.onStop('redis', () => Promise.all([connection, eventsConnection].map(closeConnection)));

  const queue = createQueue({
    connection,
    prefix,
    retention: { ageSeconds: env.RESULT_TTL_SECONDS, count: env.RESULT_MAX_COUNT },
  });
  queue.on('error', (err) => log.debug({ err }, 'queue connection'));
  shutdown.onStop('queue', () => queue.close());

  const events = await createQueueEvents({ connection: eventsConnection, prefix });
  events.on('error', (err) => log.debug({ err }, 'events connection'));
  const completions = createCompletions({ events, log });
  events.run().catch((err: unknown) => {
    if (events.closing) return;
    log.fatal({ err }, 'the event reader ended');
    void shutdown.stop('event reader ended');
  });
  shutdown.onStop('events', () => whileRedisAnswers(eventsConnection, events.close()));

  const workers = () => listWorkers({ connection, prefix });
  const ids = createIds(await loadIdSecret({ connection, prefix }));
  const uploads = createUploads({ connection, prefix });
  const writer = createJobWriter({
    queue,
    uploads,
    limits: {
      maxCount: env.QUEUE_MAX_COUNT,
      maxBytes: env.QUEUE_MAX_BYTES,
      ttlMs: env.UPLOAD_TTL_SECONDS * 1000,
    },
  });
  const states = createJobStates({ queue, resultTtlMs: env.RESULT_TTL_SECONDS * 1000 });
  const records = createBatchRecords({
    connection,
    prefix,
    ttlMs: (env.UPLOAD_TTL_SECONDS + env.RESULT_TTL_SECONDS) * 1000,
  });
  const batches = createBatches({ ids, records, states, feedback: env.FEEDBACK });
  const predictions = createPredictions({
    states,
    submissions: createSubmissions({ ids, writer }),
    ids,
    completions,
    queuePosition: (jobId) => queuePosition({ connection, prefix, jobId }),
    feedback: env.FEEDBACK,
  });
  const feedback = env.FEEDBACK
    ? createFeedback({
        predictions,
        records: createFeedbackRecords({ connection, prefix }),
        max: env.FEEDBACK_MAX,
      })
    : null;

  const health = createHealth({ queue, uploads, workers });
  const activity = createActivity({
    health,
    points: createActivityPoints({ completions, pictures: states.pictures }),
  });

  const app = createApp({
    routes: [
      ...predictionRoutes({ predictions, predictTimeoutMs: env.PREDICT_TIMEOUT_MS }),
      ...feedbackRoutes({ feedback }),
      ...batchRoutes({
        batches,
        readBatch: createBatchReader({
          maxBytes: env.UPLOAD_MAX_BYTES,
          newBatch: () => createBatchWriter({ ids, writer, records }),
        }),
      }),
      ...modelRoutes({ workers }),
      ...activityRoutes({ activity }),
      ...healthRoutes({ health, version }),
    ],
    version,
    uploadMaxBytes: env.UPLOAD_MAX_BYTES,
    uploadsInFlightMaxBytes: env.UPLOADS_IN_FLIGHT_MAX_BYTES,
    pageDirectory: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    log,
  });

  const server = createServer(
    { requestTimeout: env.UPLOAD_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_CHECK_MS },
    app.callback(),
  );
  server.on('clientError', refuseBrokenRequest);
  const live = createLive({ server, ids, predictions, batches, completions, activity, log });
  await listen(server, { port: env.PORT, host: env.HOST });
  // Whoever waits is answered 202 at once; the work goes on without this process. live.close() also closes the server,
  // which a connection kept alive would hold open after its last answer, and a half-sent upload for as long as it takes.
  shutdown.onStop('http', async () => {
    const closed = live.close();
    completions.releaseAll();
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
    const unfinished = setTimeout(() => server.closeAllConnections(), env.SHUTDOWN_TIMEOUT_MS / 2);
    await closed;
    clearInterval(idle);
    clearTimeout(unfinished);
  });

  const { port } = server.address() as AddressInfo;
  log.info({ port }, 'ready');
  process.send?.({ type: 'ready', url: `http://localhost:${port}` });
}

runMain('api', main);
