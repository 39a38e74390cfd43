import type { JobResult, Outcome } from '@inkqueue/shared/contracts/job';

// Results of a job, for tests.

export const RESULT = {
  predicted_digit: 1,
  confidence: 1,
  probabilities: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
  uncertain: false,
};
export const TIMINGS = { queue_ms: 1, decode_ms: 1, normalize_ms: 1, inference_ms: 1, batch_size: 2 };
export const MODEL = { name: 'test', version: '1' };
export const NO_INK = { code: 'no-ink', detail: 'No ink.', retryable: false } as const;
export const SUCCEEDED: Outcome = { result: RESULT, timings: TIMINGS };

/** What a worker returns for a job with these outcomes. */
export const jobOf = (...outcomes: Outcome[]): JobResult => ({
  model: MODEL,
  started_at: 1_000,
  finished_at: 2_000,
  outcomes,
});
