import { type AnyRegistry, DURATION_BUCKETS } from '@inkqueue/shared/node/metrics';
import type { Redis } from 'ioredis';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { AttemptEnd } from '../queue/deliveries/attempt.ts';

const OUTCOMES = ['delivered', 'retried', 'failed', 'refused', 'dropped'] as const;

/** What a webhooks process does. `docs/runbook.md` says what each metric means. */
export function createWebhookMetrics(options: { registry: AnyRegistry; connection: Pick<Redis, 'status'> }) {
  const { registry, connection } = options;
  const registers = [registry];
  const ended = new Counter({
    name: 'inkqueue_webhook_attempts_total',
    help: 'Attempts at deliveries, and deliveries that were dropped without a further one, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'inkqueue_webhook_attempt_duration_seconds',
    help: 'From the look-up of a receiver to the end of its response.',
    buckets: DURATION_BUCKETS,
    registers,
  });
  new Gauge({
    name: 'inkqueue_redis_up',
    help: '1 while this process is connected to Redis.',
    registers,
    collect() {
      this.set(connection.status === 'ready' ? 1 : 0);
    },
  });
  // Prometheus sees an increase only where it saw what was before.
  for (const outcome of OUTCOMES) ended.inc({ outcome }, 0);

  return {
    count({ outcome, seconds }: AttemptEnd): void {
      ended.inc({ outcome });
      if (outcome !== 'dropped') duration.observe(seconds);
    },
  };
}
