import { type ProblemCode, problemCode } from '@inkqueue/shared/contracts/problems';
import { finalFailure } from './failure.ts';
import {
  type AcceptedImage,
  IDLE_PREDICTION,
  isPending,
  type TrackedPrediction,
} from './tracked-prediction.ts';

/** Of a file's name the browser keeps no more. */
export const NAME_MAX_CHARS = 255;

/** Why a prediction has no result, for good, as the browser keeps it; null where it has one, or may get one. */
export function refusalOf(tracked: TrackedPrediction): ProblemCode | null {
  const { failure } = tracked;
  if (isPending(tracked) || failure === null || failure.retryable) return null;
  return problemCode.safeParse(failure.code).data ?? null;
}

/** A prediction as another load of the page finds it again: what the service had not accepted by then was not sent. */
export function restoredPrediction(
  accepted: AcceptedImage | null,
  refused: ProblemCode | null,
): TrackedPrediction {
  const failure = accepted && !refused ? null : finalFailure(refused ?? 'not-sent');
  return { ...IDLE_PREDICTION, phase: failure ? 'failed' : 'idle', accepted, failure };
}
