import { z } from 'zod/mini';
import { modelRef } from './prediction.ts';
import { queueLoad } from './queue.ts';

/** A ready worker, as it tells of itself about once a second. */
const workerActivity = z
  .object({
    id: z.string(),
    started_at: z.iso.datetime(),
    model: modelRef,
    running: z.int().check(z.describe('Pictures in hand')),
    finished: z.int().check(z.describe('Pictures since it started')),
  })
  .register(z.globalRegistry, { id: 'WorkerActivity' });

const milliseconds = z.nullable(z.number()).check(z.describe('null where nothing ended'));

/** What ended in one stretch of time. Milliseconds are from acceptance to the end. */
const activityPoint = z
  .object({
    at: z.iso.datetime().check(z.describe('Where the stretch begins')),
    succeeded: z.int(),
    failed: z.int(),
    p50_ms: milliseconds,
    p95_ms: milliseconds,
  })
  .register(z.globalRegistry, { id: 'ActivityPoint' });

/** What goes on behind the API right now, and did in the last minutes. */
export const activity = z
  .object({
    at: z.iso.datetime(),
    queue: queueLoad,
    workers: z.array(workerActivity),
    point_seconds: z.int().check(z.describe('Length of each stretch of `points`')),
    points: z.array(activityPoint).check(z.describe('Oldest first; the last one is still under way')),
  })
  .register(z.globalRegistry, { id: 'Activity' });
export type Activity = z.infer<typeof activity>;
