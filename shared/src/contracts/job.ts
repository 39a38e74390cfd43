import { z } from 'zod/mini';
import {
  box,
  digit,
  expectation,
  modelRef,
  type PredictionResult,
  predictionExplanation,
  predictionPreview,
  predictionResult,
  predictionTimings,
  probability,
} from './prediction.ts';
import { type PredictionError, predictionError, toPredictionError } from './problems.ts';

/** Most predictions in one job. */
export const JOB_PICTURES_MAX = 32;

/**
 * What a worker must know to run a job that an api writes. It goes up with a change that an older worker would get wrong; what it may ignore
 * is no such change.
 */
export const JOB_VERSION = 1;

/** By when a worker must have begun with a prediction, in Unix milliseconds, and who limited its wait. */
export const deadline = z.object({
  at: z.int(),
  limitMs: z.int(),
  by: z.enum(['client', 'service']),
});
export type Deadline = z.infer<typeof deadline>;

/** The error of a prediction that no worker began with in time. It names the limit. */
export function deadlinePassed({ limitMs, by }: Deadline): PredictionError {
  const limit = by === 'client' ? 'the limit that Cancel-After set' : 'this service’s limit for all';
  return toPredictionError('deadline-passed', `No worker began within ${limitMs / 1_000} s, ${limit}.`);
}

/**
 * An image whose bytes wait in Redis, or one of a batch that the api refused: its prediction fails with that error. Of a job
 * that is run again for another one, what had ended is settled.
 */
const jobPicture = z.union([
  z.object({
    bytes: z.int(),
    preview: z.optional(z.literal(true)),
    /** Whether the client asks why; a worker of an earlier version gives no answer to that. */
    explain: z.optional(z.literal(true)),
    /** How many digits the client says that the image shows; absent for auto. */
    expect: z.optional(expectation),
    deadline: z.optional(deadline),
    /** The `traceparent` of the request that submitted it, where requests are traced. */
    trace: z.optional(z.string()),
    settled: z.optional(z.literal(true)),
  }),
  z.object({ refused: predictionError }),
]);

/**
 * What the api puts into the queue: metadata only. Images that arrived in the same moment share a job; their bytes lie in
 * Redis under the job's id, and each belongs to the prediction with the same index.
 */
export const jobData = z.object({
  /** JOB_VERSION of the api; absent where it is older than that. */
  version: z.optional(z.int()),
  /** Whose predictions they are. */
  owner: z.optional(z.string()),
  pictures: z.array(jobPicture).check(z.minLength(1), z.maxLength(JOB_PICTURES_MAX)),
  /** Of a job with an image that takes long to decode, or much memory. */
  heavy: z.optional(z.literal(true)),
  /** Of a job whose one image is still to be fetched: in place of its bytes lies its address. */
  address: z.optional(z.literal(true)),
});
export type JobData = z.infer<typeof jobData>;

/**
 * A result of one digit as jobs hold it: the rest follows from it, and every byte of a result is written and read several times. Results of
 * workers from before there were boxes, which stay in Redis across an upgrade, have none.
 */
const singleResult = z.strictObject({
  predicted_digit: digit,
  confidence: probability,
  probabilities: z.array(probability).check(z.length(10)),
  uncertain: z.boolean(),
  box: z.optional(box),
});

type StoredResult = z.infer<typeof singleResult> | PredictionResult;

/** A result as a job holds it. */
export function toStored(result: PredictionResult): StoredResult {
  const { predicted_digit, confidence, probabilities, uncertain, digits } = result;
  const box = digits[0]?.box;
  if (predicted_digit === null || probabilities === null || !box) return result;
  return { predicted_digit, confidence, probabilities, uncertain, box };
}

/** In the order of fields of a result of several digits. */
function fromStored(stored: z.infer<typeof singleResult>): PredictionResult {
  const { predicted_digit, confidence, probabilities, uncertain, box = null } = stored;
  const digits = [{ digit: predicted_digit, confidence, box, uncertain }];
  return { predicted_digit, text: String(predicted_digit), digits, confidence, probabilities, uncertain };
}

/** How one prediction of a job ended: read, not readable, or canceled before the worker began with it. */
export const outcome = z.union([
  z.object({
    result: z.union([z.pipe(singleResult, z.transform(fromStored)), predictionResult]),
    timings: predictionTimings,
    preview: z.optional(predictionPreview),
    explanation: z.optional(predictionExplanation),
  }),
  z.object({ error: predictionError }),
  z.object({ canceled: predictionError }),
]);
export type Outcome = z.infer<typeof outcome>;
/** The same as a worker returns it. */
export type StoredOutcome = z.input<typeof outcome>;

/** A worker's return value: an outcome for each prediction of the job, in their order. Times are Unix milliseconds. */
export const jobResult = z.object({
  model: modelRef,
  /** The worker's id; absent where its version is an earlier one. */
  worker: z.optional(z.string()),
  started_at: z.int(),
  finished_at: z.int(),
  outcomes: z.array(outcome),
});
export type JobResult = z.infer<typeof jobResult>;
export type StoredJobResult = z.input<typeof jobResult>;
