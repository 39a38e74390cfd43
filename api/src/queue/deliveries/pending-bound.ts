import { ProblemError } from '../../errors.ts';
import type { DeliveryQueue } from './delivery-queue.ts';

/** How long a count of the deliveries holds. What other processes record in that time goes beyond the bound. */
const COUNT_FOR_MS = 1_000;
const RETRY_S = 60;

/** Deliveries that have not ended. */
export async function countPending(queue: Pick<DeliveryQueue, 'getJobCounts'>): Promise<number> {
  const counts = await queue.getJobCounts('waiting', 'delayed', 'active');
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/**
 * Bounds the deliveries that have not ended: each may stay for 28 hours, with the body that is sent, in the Redis that all need.
 *
 * @returns makes sure of room for one more. @throws ProblemError queue-full
 */
export function createPendingBound(options: { queue: Pick<DeliveryQueue, 'getJobCounts'>; max: number }) {
  const { queue, max } = options;
  let pending = 0;
  let countedAt = Number.NEGATIVE_INFINITY;
  return async (): Promise<void> => {
    const now = performance.now();
    if (now - countedAt > COUNT_FOR_MS) {
      pending = await countPending(queue);
      countedAt = now;
    }
    if (pending < max) {
      pending++;
      return;
    }
    const detail = `Too many deliveries to webhooks wait (${pending.toLocaleString('en')}). Try again later, or without a webhook.`;
    throw new ProblemError('queue-full', detail, { retryAfterS: RETRY_S });
  };
}
