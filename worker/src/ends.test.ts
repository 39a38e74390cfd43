import { EventEmitter } from 'node:events';
import type { JobData, StoredJobResult, StoredOutcome } from '@inkqueue/shared/contracts/job';
import { toPredictionError } from '@inkqueue/shared/contracts/problems';
import { timeName } from '@inkqueue/shared/node/counts';
import type { Failure } from '@inkqueue/shared/node/failures';
import { Registry } from 'prom-client';
import { beforeEach, expect, test } from 'vitest';
import { countEnds, createEnds } from './ends.ts';
import { createWorkerMetrics } from './metrics.ts';
import type { PredictionJob } from './processor.ts';

let counted: Map<string, number>;
let failures: Failure[];
let registry: Registry;
let ends: ReturnType<typeof createEnds>;
let consumer: EventEmitter;
beforeEach(() => {
  counted = new Map();
  failures = [];
  registry = new Registry();
  const metrics = createWorkerMetrics(registry);
  const counts = {
    add: (name: string, count = 1) => void counted.set(name, (counted.get(name) ?? 0) + count),
  };
  const noteFailure = (failure: Failure) => void failures.push(failure);
  ends = createEnds([countEnds({ counts, noteFailure }), metrics.countEnd]);
  consumer = new EventEmitter();
  ends.follow(consumer as never);
});

/** The metric's values by that label, without those that are 0. */
async function values(name: string, label: string): Promise<Record<string, number>> {
  const { values } = (await registry.getMetricsAsJSON()).find((metric) => metric.name === name)!;
  return Object.fromEntries(
    values.filter(({ value }) => value > 0).map(({ labels, value }) => [labels[label], value]),
  );
}

const jobOf = (pictures: JobData['pictures'], finishedOn?: number) =>
  ({ id: 'a', timestamp: 1_000, finishedOn, data: { pictures } }) as PredictionJob;
const timings = { queue_ms: 1, decode_ms: 2, normalize_ms: 3, inference_ms: 4 };
const read = { result: {}, timings } as StoredOutcome;
const failed = { error: toPredictionError('no-ink', '') };
const late = { canceled: toPredictionError('deadline-passed', '') };
const canceled = { canceled: toPredictionError('canceled', '') };

test('each image counts by its outcome, and not again where it had ended before its job ran', async () => {
  const outcomes = [read, read, failed, late, canceled, failed];
  const pictures = [...Array.from({ length: 5 }, () => ({ bytes: 1 })), { bytes: 1, settled: true as const }];
  const result = { finished_at: 1_040, outcomes } as StoredJobResult;
  consumer.emit('completed', jobOf(pictures), result);
  expect(Object.fromEntries(counted)).toEqual({
    succeeded: 2,
    canceled: 1,
    'failed:no-ink': 1,
    [timeName(40)]: 2,
  });
  expect(failures).toEqual([{ job: 'a', index: 2, code: 'no-ink', at: 1_040 }]);
  // The worker's own metrics have each image that it ran, also those that an api canceled.
  const outcome = await values('inkqueue_predictions_total', 'outcome');
  expect(outcome).toEqual({ succeeded: 2, failed: 1, canceled: 2 });
  expect(await values('inkqueue_prediction_failures_total', 'code')).toEqual({ 'no-ink': 1 });
});

test('a job that fails for good counts for each of its images, and one that is tried again for none', async () => {
  consumer.emit('failed', jobOf([{ bytes: 1 }]));
  consumer.emit('failed', undefined);
  expect(counted.size).toBe(0);
  consumer.emit('failed', jobOf([{ bytes: 1 }, { bytes: 1, settled: true }, { bytes: 1 }], 2_000));
  expect(Object.fromEntries(counted)).toEqual({ 'failed:internal': 2 });
  expect(failures.map(({ index, at }) => [index, at])).toEqual([
    [0, 2_000],
    [2, 2_000],
  ]);
  expect(await values('inkqueue_predictions_total', 'outcome')).toEqual({ failed: 2 });
  expect(await values('inkqueue_prediction_failures_total', 'code')).toEqual({ internal: 2 });
});

test('an image that was canceled before its job failed for good has not failed', async () => {
  const job = jobOf([{ bytes: 1 }, { bytes: 1 }], 2_000);
  ends.noteCanceled(job, [1]);
  consumer.emit('failed', job);
  expect(Object.fromEntries(counted)).toEqual({ 'failed:internal': 1 });
  expect(failures.map(({ index }) => index)).toEqual([0]);
  expect(await values('inkqueue_predictions_total', 'outcome')).toEqual({ failed: 1, canceled: 1 });
});
