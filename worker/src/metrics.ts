import { type AnyRegistry, DURATION_BUCKETS } from '@inkqueue/shared/node/metrics';
import type { Redis } from 'ioredis';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { createConsumer } from './consumer.ts';
import type { ImageEnd } from './ends.ts';
import type { RunNetwork } from './pipeline/batcher.ts';

/** Upper bounds of the histogram of candidates in one run of the network. */
const BATCH_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** What a worker does, for each picture. `docs/runbook.md` says what each metric means. */
export function createWorkerMetrics(registry: AnyRegistry) {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const duration = (name: string, help: string) =>
    new Histogram({ name, help, buckets: DURATION_BUCKETS, registers });

  const ended = counter('inkqueue_predictions_total', 'Predictions that ended here, by outcome.', [
    'outcome',
  ]);
  const failures = counter('inkqueue_prediction_failures_total', 'Failed predictions, by problem code.', [
    'code',
  ]);
  const poisoned = counter(
    'inkqueue_pictures_poisoned_total',
    'Pictures failed because workers died of them.',
  );
  const retried = counter(
    'inkqueue_jobs_retried_total',
    'Attempts at a job that failed and are tried again.',
  );
  const takenOver = counter('inkqueue_jobs_taken_over_total', 'Jobs taken over from workers that were lost.');
  const total = duration('inkqueue_prediction_duration_seconds', 'From acceptance to the end in the worker.');
  const stages = {
    queue_ms: duration('inkqueue_prediction_queue_duration_seconds', 'From acceptance until a worker began.'),
    decode_ms: duration('inkqueue_prediction_decode_duration_seconds', 'Decoding the image.'),
    normalize_ms: duration(
      'inkqueue_prediction_preprocess_duration_seconds',
      'Finding and normalising digits.',
    ),
    inference_ms: duration(
      'inkqueue_prediction_inference_duration_seconds',
      'The run of the network in which the picture had its part.',
    ),
  };
  const batchSize = new Histogram({
    name: 'inkqueue_inference_batch_size',
    help: 'Candidates for digits in one run of the network.',
    buckets: BATCH_BUCKETS,
    registers,
  });
  // Prometheus sees an increase only where it saw what was before.
  for (const outcome of ['succeeded', 'failed', 'canceled']) ended.inc({ outcome }, 0);
  for (const code of ['internal', 'worker-lost', 'upload-expired']) failures.inc({ code }, 0);

  return {
    /** Counts an image that ended. */
    countEnd({ outcome, acceptedAt, endedAt }: ImageEnd): void {
      if ('canceled' in outcome) ended.inc({ outcome: 'canceled' });
      else if ('error' in outcome) {
        const { code } = outcome.error;
        ended.inc({ outcome: 'failed' });
        failures.inc({ code });
        if (code === 'worker-lost') poisoned.inc();
      } else {
        ended.inc({ outcome: 'succeeded' });
        total.observe(Math.max(0, endedAt - acceptedAt) / 1_000);
        for (const [stage, histogram] of Object.entries(stages))
          histogram.observe(outcome.timings[stage as keyof typeof stages] / 1_000);
      }
    },
    /** Counts the tensors of each run of the network. */
    countRuns:
      (run: RunNetwork): RunNetwork =>
      (tensors, traceparents) => {
        batchSize.observe(tensors.length);
        return run(tensors, traceparents);
      },
    /** Counts what happens to jobs before they end. */
    follow(consumer: Pick<ReturnType<typeof createConsumer>, 'on'>): void {
      consumer.on('stalled', () => takenOver.inc());
      consumer.on('failed', (job) => {
        if (job && !job.finishedOn) retried.inc();
      });
    },
    /** Reads what is known at this moment. */
    gauge({ connection, running }: { connection: Pick<Redis, 'status'>; running: () => number }): void {
      new Gauge({
        name: 'inkqueue_predictions_running',
        help: 'Predictions that run here now.',
        registers,
        collect() {
          this.set(running());
        },
      });
      new Gauge({
        name: 'inkqueue_redis_up',
        help: '1 while this process is connected to Redis.',
        registers,
        collect() {
          this.set(connection.status === 'ready' ? 1 : 0);
        },
      });
    },
  };
}
