import type { PredictionExplanation } from '@inkqueue/shared/contracts/prediction';
import type { FailureCode } from './failure.ts';
import type { SucceededPrediction } from './tracked-prediction.ts';

/**
 * Why a prediction's digits were read, once somebody asks:
 *
 *   (none) ──► asking ──► known ──► (closed)
 *                 └─────► failed ──► asking
 *
 * It belongs to one prediction: those of others are not shown, and a late answer to an earlier question is dropped.
 */
export interface AskedWhy {
  predictionId: string;
  phase: 'asking' | 'known' | 'failed';
  explanation: PredictionExplanation | null;
  failure: FailureCode | null;
}

export type WhyEvent =
  | { type: 'asked'; predictionId: string }
  | { type: 'known'; predictionId: string; explanation: PredictionExplanation }
  | { type: 'failed'; predictionId: string; failure: FailureCode }
  | { type: 'closed' };

/** What is known of the question after `event`. */
export function nextWhy(why: AskedWhy | null, event: WhyEvent): AskedWhy | null {
  if (event.type === 'closed') return null;
  const { predictionId } = event;
  if (event.type === 'asked') return { predictionId, phase: 'asking', explanation: null, failure: null };
  if (why?.predictionId !== predictionId || why.phase !== 'asking') return why;
  if (event.type === 'failed') return { ...why, phase: 'failed', failure: event.failure };
  return { ...why, phase: 'known', explanation: event.explanation };
}

/** The part of the question that is about this prediction. A prediction may bring its own explanation: its client asked for it. */
export function whyOf(why: AskedWhy | null, succeeded: SucceededPrediction | null): AskedWhy | null {
  if (!succeeded) return null;
  const { id, explanation } = succeeded.prediction;
  if (explanation) return { predictionId: id, phase: 'known', explanation, failure: null };
  return why?.predictionId === id ? why : null;
}
