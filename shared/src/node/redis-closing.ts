import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { isRedisAway } from './redis.ts';

// Looks are counted, not time: a process that was short of CPU itself must not take Redis for silent.
const LOOK_EVERY_MS = 250;
const LOOKS_MISSED_MAX = 6;

/**
 * Waits for `task`, which needs Redis, for as long as Redis answers. BullMQ's own closing waits for ever for one that is
 * away or hangs.
 */
export async function whileRedisAnswers(client: Redis, task: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  await Promise.race([unlessAway(task), untilSilent(client, done.signal)]).finally(() => done.abort());
}

/** That Redis went in the middle of closing is no failure to close. */
async function unlessAway(task: Promise<unknown>): Promise<void> {
  try {
    await task;
  } catch (err) {
    if (!isRedisAway(err)) throw err;
  }
}

async function untilSilent(client: Redis, signal: AbortSignal): Promise<void> {
  let unanswered = 0;
  const heard = () => {
    unanswered = 0;
  };
  while (!signal.aborted && unanswered < LOOKS_MISSED_MAX) {
    unanswered++;
    // A connection that isn't ready would keep its commands until it is.
    if (client.status === 'ready') client.ping().then(heard, () => {});
    await delay(LOOK_EVERY_MS);
  }
}
