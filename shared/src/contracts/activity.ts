import { z } from 'zod/mini';
import { modelRef } from './prediction.ts';
import { problemCode } from './problems.ts';
import { queueLoad } from './queue.ts';

/** A ready worker, as it announced itself in the last seconds. */
const workerActivity = z
  .object({
    id: z.string(),
    started_at: z.iso.datetime(),
    model: modelRef,
    running: z.int().check(z.describe('Predictions that the worker runs now')),
    finished: z.int().check(z.describe('Predictions that the worker finished since its start')),
    // A worker of an earlier version does not say what follows.
    per_second: z.optional(z.number()).check(z.describe('Predictions a second in the last ten seconds')),
    jobs: z.optional(z.int()).check(z.describe('Jobs that the worker runs now')),
    busy_since: z
      .optional(z.nullable(z.iso.datetime()))
      .check(z.describe('Since when the oldest of them runs')),
    beat_at: z.optional(z.iso.datetime()).check(z.describe('When the worker announced this')),
    memory_bytes: z.optional(z.int()).check(z.describe('Memory of the worker’s process')),
  })
  .register(z.globalRegistry, { id: 'WorkerActivity' });

const milliseconds = z.nullable(z.number()).check(z.describe('To within 5 %; null where nothing succeeded'));

/** The stretches of time of which an activity has points: 5 minutes, an hour, or a day. */
export const activitySpan = z.enum(['minutes', 'hour', 'day']);
export type ActivitySpan = z.infer<typeof activitySpan>;

/** How often each problem came up, the most frequent first. */
const problemCounts = z.array(z.object({ code: problemCode, count: z.int() }));

/** The predictions that came and ended in one stretch of time. Milliseconds are from acceptance to success. */
const activityPoint = z
  .object({
    at: z.iso.datetime().check(z.describe('Start of the stretch')),
    // An api of an earlier version counts no more than those that succeeded and failed.
    accepted: z.optional(z.int()),
    canceled: z.optional(z.int()),
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
    // An api of an earlier version does not say what follows.
    refused: z
      .optional(problemCounts)
      .check(z.describe('Why the apis refused uploads in the time of `points`')),
    failed: z.optional(problemCounts).check(z.describe('Why predictions failed in that time')),
    bounds: z.optional(
      z.object({
        pictures: z.int().check(z.describe('Pictures in the queue from which on the api refuses more')),
        bytes: z.int().check(z.describe('The same of their bytes')),
        redis_used_bytes: z.int(),
        redis_max_bytes: z.int().check(z.describe('0 without a limit')),
        redis_uploads_share: z
          .number()
          .check(z.describe('Share of that limit from which on the api refuses pictures')),
      }),
    ),
    operated: z
      .optional(z.nullable(z.object({ paused: z.boolean(), drained: z.boolean() })))
      .check(z.describe('What an operator has done to the queue; null while Redis is away')),
    console: z.optional(z.boolean()).check(z.describe('Whether there is a console for operators')),
  })
  .register(z.globalRegistry, { id: 'Activity' });
export type Activity = z.infer<typeof activity>;
