import type { Redis } from 'ioredis';
import { createFresh } from '../fresh.ts';
import { jobKeys } from './bullmq.ts';
import { jobCreatedAt } from './ids.ts';

/** How old an answer may be: it takes all that waits, and anybody may ask. */
const FRESH_MS = 500;

/**
 * Looks up when the picture that waits longest was accepted, in Unix milliseconds; null where none waits. Requests within half a second
 * share one look.
 */
export function createOldestWaiting({ connection, prefix }: { connection: Redis; prefix: string }) {
  return createFresh(() => look(connection, prefix), { freshMs: FRESH_MS }).current;
}
export type OldestWaiting = ReturnType<typeof createOldestWaiting>;

/**
 * Reads what waits, so that the picture grows old while no worker takes anything. Jobs with a priority are not in the order of their
 * age: this looks at all of them.
 */
async function look(connection: Redis, prefix: string): Promise<number | null> {
  const { wait, prioritized, delayed } = jobKeys(prefix, '');
  const [first, ...others] = await Promise.all([
    connection.lindex(wait, -1),
    connection.zrange(prioritized, '0', '-1'),
    connection.zrange(delayed, '0', '-1'),
  ]);
  let oldest: number | null = null;
  for (const jobId of [...(first ? [first] : []), ...others.flat()]) {
    const at = jobCreatedAt(jobId);
    if (oldest === null || at < oldest) oldest = at;
  }
  return oldest;
}
