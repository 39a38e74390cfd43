import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { DeliveryData } from './delivery-data.ts';

/** The BullMQ queue of deliveries, between the apis and the webhooks process. */
export const DELIVERIES = 'webhooks';
/** Attempts at one delivery: backoff.ts has a pause for after each of them but the last. */
export const ATTEMPTS_MAX = 8;

/** How a delivery's job ends other than by an error. */
export type DeliveryEnd = 'delivered' | 'dropped';

export type DeliveryQueue = ReturnType<typeof createDeliveryQueue>;

/** Where deliveries are recorded. One that has ended is not kept: a log line and a metric say how it ended. */
export function createDeliveryQueue(options: { connection: Redis; prefix: string }) {
  return new Queue<DeliveryData, DeliveryEnd, 'deliver'>(DELIVERIES, {
    ...options,
    // Where the operator sets no WEBHOOK_SECRET, Redis holds nothing of it.
    skipMetasUpdate: true,
    defaultJobOptions: {
      attempts: ATTEMPTS_MAX,
      backoff: { type: 'webhook' },
      removeOnComplete: true,
      removeOnFail: true,
      stackTraceLimit: 0,
    },
  });
}
