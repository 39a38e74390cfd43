import { readFileSync } from 'node:fs';
import { UserError } from '@inkqueue/shared/node/user-error';
import { z } from 'zod';

/** Microseconds of CPU: a part for each job, and a part for each of its pictures. */
const jobCost = z.object({ perJobUs: z.number().min(0), perPictureUs: z.number().min(0) });
export type JobCost = z.infer<typeof jobCost>;

/** A load on the whole service as it was measured, with which the simulation is compared. */
const measuredLoad = z.object({
  connections: z.int(),
  picturesPerSecond: z.number(),
  picturesPerJob: z.number(),
  /** Milliseconds. */
  p50: z.number(),
  p99: z.number(),
  /** Share of the machine that other programs used. */
  foreign: z.number().min(0).max(1),
});

const imageCosts = z.object({
  api: jobCost,
  worker: jobCost,
  /** Of one Redis, with one api. */
  redis: jobCost,
  /** What sends the requests, where it runs on the same cores. */
  client: jobCost,
  measured: z.array(measuredLoad),
});
export type ImageCosts = z.infer<typeof imageCosts>;

export const IMAGES = ['28', '280'] as const;

/** Everything that the simulation takes from measurements. */
export const costs = z.object({
  /** Machine, versions, revision and time. */
  setting: z.array(z.string()),
  /** What it costs Redis that a job wakes an idle worker, in microseconds. */
  wakingUs: z.number().min(0),
  /** What each further api costs Redis, and each api for a job that another one submitted: all read all events. */
  reader: z.object({ redis: jobCost, api: jobCost }),
  images: z.object({ '28': imageCosts, '280': imageCosts }),
});
export type Costs = z.infer<typeof costs>;
/** Those that are the same for each image. */
export type SharedCosts = Pick<Costs, 'wakingUs' | 'reader'>;

export const COSTS_FILE = 'bench/costs.json';

/** @throws UserError where there are no measured costs */
export function readCosts(): Costs {
  try {
    return costs.parse(JSON.parse(readFileSync(COSTS_FILE, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : error;
    throw new UserError(`${COSTS_FILE}: ${why}\nMeasure first: npm run bench -- --sections redis,processes`);
  }
}
