import type { JobResult, Outcome } from '@inkqueue/shared/contracts/job';
import type { PredictionResult } from '@inkqueue/shared/contracts/prediction';

// Results of a job, for tests.

const box = { left: 100, top: 20, width: 80, height: 240 };
export const RESULT: PredictionResult = {
  predicted_digit: 1,
  text: '1',
  digits: [{ digit: 1, confidence: 1, box, uncertain: false }],
  confidence: 1,
  probabilities: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
  uncertain: false,
};
/** Of a picture with 42 in its first line and 7 in its second. */
export const NUMBERS: PredictionResult = {
  predicted_digit: null,
  reason: 'several-digits',
  text: '42\n7',
  digits: [
    { digit: 4, confidence: 0.9, box, uncertain: false },
    { digit: 2, confidence: 0.5, box: { ...box, left: 200 }, uncertain: true },
    { digit: 7, confidence: 1, box: { ...box, top: 300 }, uncertain: false },
  ],
  confidence: 0.45,
  probabilities: null,
  uncertain: true,
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
