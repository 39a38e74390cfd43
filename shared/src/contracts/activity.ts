import { z } from 'zod/mini';
import { modelRef } from './prediction.ts';
import { queueLoad } from './queue.ts';

/** A ready worker, as it announced itself in the last seconds. */
const workerActivity = z
  .object({
    id: z.string(),
    started_at: z.iso.datetime(),
    model: modelRef,
    running: z.int().check(z.describe('Predictions that the worker runs now')),
    finished: z.int().check(z.describe('Predictions that the worker finished since its start')),
  })
  .register(z.globalRegistry, { id: 'WorkerActivity' });

const milliseconds = z.nullable(z.number()).check(z.describe('null where nothing ended'));

/** The predictions that ended in one stretch of time. Milliseconds are from acceptance to the end. */
const activityPoint = z
  .object({
    at: z.iso.datetime().check(z.describe('Start of the stretch')),
    succeeded: z.int(),
    failed: z.int(),
    p50_ms: milliseconds,
    p95_ms: milliseconds,
  })
  .register(z.globalRegistry, { id: 'ActivityPoint' });

/** The activity behind the API now and in the last minutes. */
export const activity = z
  .object({
    at: z.iso.datetime(),
    queue: queueLoad,
    workers: z.array(workerActivity),
    point_seconds: z.int().check(z.describe('Length of each stretch of `points`')),
    points: z.array(activityPoint).check(z.describe('Oldest first; the last one is not over yet')),
  })
  .register(z.globalRegistry, { id: 'Activity' });
export type Activity = z.infer<typeof activity>;
