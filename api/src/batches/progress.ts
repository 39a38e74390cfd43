import type { BatchCounts, BatchProgress } from '@inkqueue/shared/contracts/batch';
import type { PredictionState } from '../queue/state.ts';

/** Counts the predictions of a batch by state; null is one that is no longer kept. */
export function toProgress(id: string, states: readonly (PredictionState | null)[]): BatchProgress {
  const counts: BatchCounts = { queued: 0, running: 0, succeeded: 0, failed: 0, canceled: 0, expired: 0 };
  for (const state of states) counts[state?.status ?? 'expired']++;
  return { id, total: states.length, finished: counts.queued + counts.running === 0, counts };
}
