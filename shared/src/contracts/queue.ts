import { z } from 'zod/mini';

/** The jobs that wait, in the order in which workers take them. */
const waitingJobs = z.object({
  at_once: z.int().check(z.describe('Of single pictures, as they came')),
  in_turns: z
    .int()
    .check(z.describe('Of single pictures of clients that have many in the queue: they take turns')),
  batches: z.int().check(z.describe('Of batches, which take turns')),
  again: z.int().check(z.describe('For another try, after a pause')),
});

/** How much waits or is being read; null while Redis, which counts it, is away. */
export const queueLoad = z
  .nullable(
    z.object({
      pictures: z.int().check(z.describe('Waiting or running')),
      bytes: z.int().check(z.describe('Of those pictures')),
      jobs: z.object({ waiting: z.int(), active: z.int() }),
      // An api of an earlier version does not say what follows.
      waiting: z.optional(waitingJobs),
      oldest_waiting_seconds: z.optional(
        z
          .number()
          .check(z.describe('Since the acceptance of the picture that waits longest; 0 where none waits')),
      ),
    }),
  )
  .check(z.describe('null while Redis is away'));
