import type { Prediction } from '@inkqueue/shared/contracts/prediction';

/** How many workers take before a prediction, as the service says; null where it has no place in the queue. */
export function placeInQueue({ status, queue_position }: Prediction): number | null {
  return status === 'queued' ? queue_position : null;
}
