import { parseEnv } from '@inkqueue/shared/node/env';
import { createLogger } from '@inkqueue/shared/node/log';
import { z } from 'zod';

/** What the measurement tells its processes, by their environment. */
const settings = z.object({
  REDIS_URL: z.string(),
  /** File of the picture that is sent. */
  BENCH_IMAGE: z.string(),
  /** Pictures in each job: 1, or a full job. */
  BENCH_PICTURES: z.coerce.number().int().positive(),
  /** Jobs that the process keeps in the queue; 0 for one that only reads the queue's events. */
  BENCH_JOBS: z.coerce.number().int().nonnegative(),
});

export type QueueSettings = z.infer<typeof settings>;

export const PREFIX = 'bench';

export const readSettings = (): QueueSettings => parseEnv(settings, process.env);
export const log = createLogger({ name: 'bench', level: 'error', format: 'json' });
