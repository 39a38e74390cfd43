import { z } from 'zod';
import { modelRef, predictionResult, predictionTimings } from './prediction.ts';
import { type PredictionError, predictionError } from './problems.ts';

/** What the api puts into the queue: metadata only. The picture's bytes lie in Redis under the same id. */
export const jobData = z.object({ bytes: z.int().positive(), format: z.string() });
export type JobData = z.infer<typeof jobData>;

/** A worker's return value. Times are Unix milliseconds. */
export const jobResult = z.object({
  model: modelRef,
  result: predictionResult,
  timings: predictionTimings,
  started_at: z.int(),
  finished_at: z.int(),
});
export type JobResult = z.infer<typeof jobResult>;

const internalFailure: PredictionError = {
  code: 'internal',
  detail: 'The prediction failed inside the service.',
  retryable: true,
};

/** BullMQ carries a failure as one string: this is how a named one is written into it. */
export function formatFailure(error: PredictionError): string {
  return JSON.stringify(error);
}

/** Reads a job's failure reason. What was not written by {@link formatFailure} is an internal error, told without its text. */
export function parseFailure(reason: string): PredictionError {
  if (reason.includes('stalled more than')) {
    return {
      code: 'worker-lost',
      detail: 'The workers that took this picture died while reading it.',
      retryable: true,
    };
  }
  try {
    return predictionError.parse(JSON.parse(reason));
  } catch {
    return internalFailure;
  }
}
