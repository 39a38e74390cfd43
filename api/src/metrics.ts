import { type AnyRegistry, DURATION_BUCKETS } from '@inkqueue/shared/node/metrics';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { Health } from './health.ts';
import type { EndedRequest } from './http/observing/requests.ts';
import type { Queue } from './queue/queue.ts';

/** What an api does, and what of the queue it sees in Redis. `docs/runbook.md` says what each metric means. */
export function createApiMetrics(options: {
  registry: AnyRegistry;
  queue: Pick<Queue, 'accepted' | 'memory'>;
  health: Pick<Health, 'queueLoad' | 'workers' | 'operated' | 'deliveries'>;
  limits: { maxCount: number; maxBytes: number };
  /** Open sockets. */
  liveConnections: () => number;
  /** Whether clients may name webhooks: then there are metrics of deliveries. */
  hasWebhooks?: boolean;
  /** Whether requests are traced: then durations have the trace of a request as their exemplar. */
  isTraced?: boolean;
}) {
  const { registry, queue, health, limits, liveConnections, hasWebhooks = false, isTraced = false } = options;
  const registers = [registry];
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });

  const requests = new Counter({
    name: 'inkqueue_http_requests_total',
    help: 'Requests, by method, route and status; status 499: the client went before the response.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const durations: Histogram<string> = new Histogram({
    name: 'inkqueue_http_request_duration_seconds',
    help: 'From the request’s headers to the end of the response.',
    labelNames: ['method', 'route'],
    buckets: DURATION_BUCKETS,
    enableExemplars: isTraced,
    registers,
  });
  const problems = new Counter({
    name: 'inkqueue_problems_total',
    help: 'Problem documents sent, by code.',
    labelNames: ['code'],
    registers,
  });
  new Counter({
    name: 'inkqueue_predictions_accepted_total',
    help: 'Pictures taken into the queue by this process.',
    registers,
    collect() {
      this.reset();
      this.inc(queue.accepted());
    },
  });

  const predictions = new Gauge({
    name: 'inkqueue_queue_predictions',
    help: 'Predictions that wait or run; all api processes see the same.',
    labelNames: ['state'],
    registers,
  });
  const bytes = gauge('inkqueue_queue_bytes', 'Bytes of the pictures that wait or run.');
  const oldest = gauge(
    'inkqueue_queue_oldest_waiting_seconds',
    'Since the acceptance of the picture that waits longest; 0 where none waits.',
  );
  const paused = gauge('inkqueue_queue_paused', '1 while an operator has paused the queue.');
  const drained = gauge('inkqueue_queue_drained', '1 while an operator lets the queue run empty.');
  const workers = gauge('inkqueue_workers_ready', 'Workers that are ready.');
  const redisUp = gauge('inkqueue_redis_up', '1 while Redis answers.');
  const redisUsed = gauge('inkqueue_redis_memory_bytes', 'Memory that Redis uses.');
  const redisMax = gauge('inkqueue_redis_memory_max_bytes', 'Memory that Redis may use; 0 without a limit.');
  const live = gauge('inkqueue_live_connections', 'Open sockets.');
  const deliveries = hasWebhooks ? createDeliveryGauges() : null;
  gauge('inkqueue_queue_predictions_max', 'Predictions above which the api refuses more.').set(
    limits.maxCount,
  );
  gauge('inkqueue_queue_bytes_max', 'Bytes above which the api refuses more.').set(limits.maxBytes);

  return {
    observe({ method, route, status, seconds, problem, traceId }: EndedRequest): void {
      const name = route ?? 'none';
      requests.inc({ method, route: name, status });
      const labels = { method, route: name };
      if (isTraced)
        durations.observe({
          labels,
          value: seconds,
          ...(traceId && { exemplarLabels: { trace_id: traceId } }),
        });
      else durations.observe(labels, seconds);
      if (problem) problems.inc({ code: problem });
    },
    /** Reads Redis. While it is away, what only it knows is missing. */
    async refresh(): Promise<void> {
      const [load, present, operated] = await Promise.all([
        health.queueLoad(),
        health.workers(),
        health.operated(),
        deliveries?.refresh(),
      ]);
      redisUp.set(load === null ? 0 : 1);
      const { used, max } = queue.memory();
      live.set(liveConnections());
      predictions.reset();
      for (const each of [bytes, oldest, workers, paused, drained, redisUsed, redisMax]) each.remove();
      if (present) workers.set(present.length);
      if (operated) {
        paused.set(operated.isPaused ? 1 : 0);
        drained.set(operated.isDrained ? 1 : 0);
      }
      if (!load) return;
      const running = present?.reduce((sum, worker) => sum + worker.running, 0) ?? 0;
      predictions.set({ state: 'running' }, running);
      predictions.set({ state: 'waiting' }, Math.max(0, load.pictures - running));
      redisUsed.set(used);
      redisMax.set(max);
      bytes.set(load.bytes);
      oldest.set(load.oldest_waiting_seconds ?? 0);
    },
  };

  /** Of all deliveries in Redis: an api says them also where no process delivers. */
  function createDeliveryGauges() {
    const pending = gauge('inkqueue_webhook_deliveries_pending', 'Deliveries that have not ended.');
    const overdue = gauge(
      'inkqueue_webhook_overdue_seconds',
      'How long the oldest delivery is overdue that no process looked at; 0 where none is.',
    );
    return {
      async refresh(): Promise<void> {
        const backlog = await health.deliveries();
        for (const each of [pending, overdue]) each.remove();
        if (!backlog) return;
        pending.set(backlog.pending);
        overdue.set(backlog.overdueMs / 1_000);
      },
    };
  }
}
