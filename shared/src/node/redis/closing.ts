import type { Redis } from 'ioredis';
import { isRedisAway } from './connections.ts';
import { watchPulse } from './pulse.ts';

const RHYTHM = { everyMs: 250, missedMax: 5, whenAway: 'missed' } as const;

/**
 * Waits for `task`, which needs Redis, for as long as Redis replies. BullMQ's own closing waits for ever for a Redis that is
 * away or hangs.
 */
export async function whileRedisAnswers(client: Redis, task: Promise<unknown>): Promise<void> {
  let pulse: NodeJS.Timeout | undefined;
  const silence = new Promise<void>((resolve) => {
    pulse = watchPulse(client, RHYTHM, resolve);
  });
  await Promise.race([ignoreLoss(task), silence]).finally(() => clearInterval(pulse));
}

/**
 * Closes a consumer of a BullMQ queue, once its running jobs are finished, for as long as Redis replies. A connection that is just
 * between two attempts to connect reports no end when it is closed, and BullMQ's worker would wait for that end for ever: so the
 * consumer's blocking connection is let connect first.
 */
export async function closeConsumer(
  client: Redis,
  consumer: { backend: { reconnectBlocking: () => Promise<void> }; close: () => Promise<void> },
): Promise<void> {
  const close = async () => {
    await consumer.backend.reconnectBlocking();
    await consumer.close();
  };
  await whileRedisAnswers(client, close());
}

/** That Redis went away in the middle of closing is not a failure to close. */
async function ignoreLoss(task: Promise<unknown>): Promise<void> {
  try {
    await task;
  } catch (error) {
    if (!isRedisAway(error)) throw error;
  }
}
