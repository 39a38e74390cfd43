import { lookup } from 'node:dns/promises';
import { parseEnv } from '@inkqueue/shared/node/env';
import { createHealthServer } from '@inkqueue/shared/node/health-server';
import { listen } from '@inkqueue/shared/node/listen';
import { createLogger, type Logger } from '@inkqueue/shared/node/log';
import { createMetrics, createMetricsServer } from '@inkqueue/shared/node/metrics';
import { readVersion } from '@inkqueue/shared/node/package-version';
import { followRedisClock } from '@inkqueue/shared/node/redis/clock';
import {
  closeConnection,
  connectOrFail,
  createConsumerConnection,
} from '@inkqueue/shared/node/redis/connections';
import { redisServer } from '@inkqueue/shared/node/redis/server';
import { createShutdown } from '@inkqueue/shared/node/shutdown';
import { openTracing } from '@inkqueue/shared/node/tracing';
import { runMain } from '@inkqueue/shared/node/user-error';
import { createPresenter } from '../predictions/presenter.ts';
import type { AttemptEnd } from '../queue/deliveries/attempt.ts';
import { openDelivering } from '../queue/deliveries/open-delivering.ts';
import { webhooksEnv } from './env.ts';
import { createHosts } from './hosts.ts';
import { createWebhookMetrics } from './metrics.ts';
import { createSender } from './sender.ts';
import { createSigner } from './signing.ts';

/** One attempt takes no longer: the Standard Webhooks specification proposes 15 to 30 seconds. */
const TIMEOUT_MS = 15_000;
/** The part of all places that one host may take. */
const HOST_SHARE = 1 / 4;

/** Of the private network, also the names that this machine alone knows. */
const PRIVATE_RULES = {
  resolve: (host: string) => lookup(host, { all: true }),
  isAllowed: () => true,
};

/** The composition root of the process that delivers: environment → Redis → queues → ready. */
async function main(): Promise<void> {
  const env = parseEnv(webhooksEnv, process.env);
  const prefix = env.QUEUE_PREFIX;
  const log = createLogger({ name: 'webhooks', level: env.LOG_LEVEL, format: env.LOG_FORMAT });
  const shutdown = createShutdown({ log, timeoutMs: env.SHUTDOWN_TIMEOUT_MS });
  const version = await readVersion(new URL('../../package.json', import.meta.url));

  const server = redisServer(env);
  const connection = createConsumerConnection({ server, role: 'webhooks', log });
  const eventsConnection = createConsumerConnection({ server, role: 'webhooks-events', log });
  const connections = [connection, eventsConnection];
  await Promise.all(connections.map((each) => connectOrFail(each, server)));
  shutdown.onStop('redis', () => Promise.all(connections.map(closeConnection)));
  await followRedisClock({ connection, log });

  const registry = env.METRICS_PORT > 0 ? createMetrics({ role: 'webhooks', version }) : null;
  const metrics = registry && createWebhookMetrics({ registry, connection });
  const tracing = env.OTEL_EXPORTER_OTLP_ENDPOINT
    ? await openTracing({ role: 'webhooks', version, sampler: env.OTEL_TRACES_SAMPLER })
    : null;
  if (tracing) shutdown.onStop('traces', tracing.close);
  const { traceAttempts } = tracing ? await import('./tracing.ts') : {};

  const stopping = new AbortController();
  const resultTtlMs = env.RESULT_TTL_SECONDS * 1_000;
  const toPrediction = createPresenter({ feedback: env.FEEDBACK, resultTtlMs, basePath: env.BASE_PATH });
  const delivering = await openDelivering({
    connection,
    eventsConnection,
    prefix,
    resultTtlMs,
    concurrency: env.WEBHOOK_CONCURRENCY,
    present: (id, state) => JSON.stringify(toPrediction(id, state)),
    attempt: createSender({
      sign: createSigner(env.WEBHOOK_SECRET),
      hosts: createHosts({ perHostMax: Math.floor(env.WEBHOOK_CONCURRENCY * HOST_SHARE) }),
      timeoutMs: TIMEOUT_MS,
      stopping: stopping.signal,
      trace: tracing && traceAttempts ? traceAttempts(tracing) : null,
      ...(env.WEBHOOK_ALLOW_PRIVATE && { rules: PRIVATE_RULES }),
    }),
    report(end) {
      writeAttempt(log, end);
      metrics?.count(end);
    },
    log,
  });
  delivering.run().catch((error: unknown) => {
    log.fatal({ err: error }, 'a reader of the queues ended');
    void shutdown.stop('reader ended');
  });
  shutdown.onStop('deliveries', async () => {
    const deadline = setTimeout(() => stopping.abort(), env.SHUTDOWN_TIMEOUT_MS / 2);
    await delivering.close();
    clearTimeout(deadline);
  });

  if (env.HEALTH_PORT > 0) {
    const health = createHealthServer({
      isReady: () => connection.status === 'ready' && delivering.isRunning(),
    });
    await listen(health, { port: env.HEALTH_PORT });
    shutdown.onStop('health', () => health.close());
  }
  if (registry) {
    const metricsServer = createMetricsServer({ registry });
    await listen(metricsServer, { port: env.METRICS_PORT, host: env.METRICS_HOST });
    shutdown.onStop('metrics', () => metricsServer.close());
  }
  log.info('ready');
  process.send?.({ type: 'ready' });
}

/** One line for each attempt. Of the address it has the host alone. */
function writeAttempt(log: Logger, { seconds, why, ...end }: AttemptEnd): void {
  const level = end.outcome === 'delivered' ? 'info' : 'warn';
  log[level]({ ...end, ms: Math.round(seconds * 1_000), ...(why !== null && { why }) }, 'delivery');
}

runMain('webhooks', main);
