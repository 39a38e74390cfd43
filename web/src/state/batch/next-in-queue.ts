import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { placeInQueue } from '../prediction/place-in-queue.ts';
import type { BatchItem } from './batch.ts';

/** The picture of a batch that workers take first, of those whose place in the queue is known; null when there is none. */
export function nextInQueue(items: readonly BatchItem[]): Prediction | null {
  let next: Prediction | null = null;
  for (const { tracked } of items) {
    const { phase, prediction } = tracked;
    if (phase !== 'following' || !prediction) continue;
    const place = placeInQueue(prediction);
    if (place !== null && place < (next?.queue_position ?? Number.POSITIVE_INFINITY)) next = prediction;
  }
  return next;
}
