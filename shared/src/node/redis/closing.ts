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

/** That Redis went away in the middle of closing is not a failure to close. */
async function ignoreLoss(task: Promise<unknown>): Promise<void> {
  try {
    await task;
  } catch (error) {
    if (!isRedisAway(error)) throw error;
  }
}
