import { z } from 'zod/mini';

/** How much waits or is being read; null while Redis, which counts it, is away. */
export const queueLoad = z
  .nullable(
    z.object({
      pictures: z.int().check(z.describe('Waiting or running')),
      bytes: z.int().check(z.describe('Of those pictures')),
      jobs: z.object({ waiting: z.int(), active: z.int() }),
    }),
  )
  .check(z.describe('null while Redis is away'));
