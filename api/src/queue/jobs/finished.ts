import { jobCreatedAt } from '../ids.ts';
import type { JobState } from '../state.ts';

/** Predictions that were accepted together and ended together. */
export interface Finished {
  /** Unix milliseconds. */
  acceptedAt: number;
  succeeded: number;
  failed: number;
}

/** What a job's end says of its predictions; null where it has not ended. @param predictions that ended with it */
export function finishedOf(jobId: string, state: JobState, predictions: number): Finished | null {
  if (state.status !== 'completed' && state.status !== 'failed') return null;
  const outcomes = state.status === 'completed' ? state.result.outcomes : [];
  const succeeded = outcomes.filter((outcome) => 'result' in outcome).length;
  return { acceptedAt: jobCreatedAt(jobId), succeeded, failed: predictions - succeeded };
}
