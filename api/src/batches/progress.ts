import type { BatchCounts, BatchProgress } from '@inkqueue/shared/contracts/batch';
import type { PredictionStatus } from '@inkqueue/shared/contracts/prediction';

/** Counts the predictions of a batch by state; null is one that is no longer kept. */
export function toProgress(id: string, statuses: readonly (PredictionStatus | null)[]): BatchProgress {
  const counts: BatchCounts = { queued: 0, running: 0, succeeded: 0, failed: 0, canceled: 0, expired: 0 };
  for (const status of statuses) counts[status ?? 'expired']++;
  return { id, total: statuses.length, finished: counts.queued + counts.running === 0, counts };
}
