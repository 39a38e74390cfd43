import type { Logger } from '@inkqueue/shared/node/log';
import type { Redis } from 'ioredis';
import { DELIVERIES, type DeliveryQueue } from './delivery-queue.ts';

/** Deliveries that are woken at a time. */
const ROUND = 100;

/**
 * Wakes each delivery that was never attempted, to be looked at once: what ends wakes only those that sleep before the eyes of this
 * process, and a process that is gone may have sent some to sleep.
 */
export async function wakeAll(options: {
  connection: Redis;
  prefix: string;
  queue: Pick<DeliveryQueue, 'getJob'>;
  log: Pick<Logger, 'debug'>;
}): Promise<void> {
  const { connection, prefix, queue, log } = options;
  const delayed = await connection.zrange(`${prefix}:${DELIVERIES}:delayed`, '0', '-1');

  async function wake(id: string): Promise<void> {
    const job = await queue.getJob(id);
    if (job?.attemptsMade !== 0) return;
    // Its time may have come just now.
    await job.promote().catch((error: unknown) => log.debug({ err: error, prediction: id }, 'not asleep'));
  }

  for (let from = 0; from < delayed.length; from += ROUND)
    await Promise.all(delayed.slice(from, from + ROUND).map(wake));
}
