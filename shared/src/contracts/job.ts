import { z } from 'zod/mini';
import { modelRef, predictionPreview, predictionResult, predictionTimings } from './prediction.ts';
import { predictionError } from './problems.ts';

/** Most predictions in one job. */
export const JOB_PICTURES_MAX = 32;

/** An image whose bytes wait in Redis, or one of a batch that the api refused: its prediction fails with that error. */
const jobPicture = z.union([
  z.object({ bytes: z.int(), preview: z.optional(z.literal(true)) }),
  z.object({ refused: predictionError }),
]);

/**
 * What the api puts into the queue: metadata only. Images that arrived in the same moment share a job; their bytes lie in
 * Redis under the job's id, and each belongs to the prediction with the same index.
 */
export const jobData = z.object({
  pictures: z.array(jobPicture).check(z.minLength(1), z.maxLength(JOB_PICTURES_MAX)),
  /** Of a job with an image that takes long to decode, or much memory. */
  heavy: z.optional(z.literal(true)),
});
export type JobData = z.infer<typeof jobData>;

/** How one prediction of a job ended. */
export const outcome = z.union([
  z.object({ result: predictionResult, timings: predictionTimings, preview: z.optional(predictionPreview) }),
  z.object({ error: predictionError }),
]);
export type Outcome = z.infer<typeof outcome>;

/** A worker's return value: an outcome for each prediction of the job, in their order. Times are Unix milliseconds. */
export const jobResult = z.object({
  model: modelRef,
  started_at: z.int(),
  finished_at: z.int(),
  outcomes: z.array(outcome),
});
export type JobResult = z.infer<typeof jobResult>;
