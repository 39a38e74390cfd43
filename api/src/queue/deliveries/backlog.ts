import type { Redis } from 'ioredis';
import { longestPauseMs } from './backoff.ts';
import { DELIVERIES, type DeliveryQueue } from './delivery-queue.ts';
import { countPending } from './pending-bound.ts';

/** Of the deliveries that wait to be looked at, so many are asked since when they are due: those whose turn is next. */
const LOOKED_AT = 100;
/** BullMQ's score of a delayed job is its time times this, and a counter on top. */
const DELAYED_SCORE = 0x10_00;

/**
 * How many deliveries have not ended, and since when the oldest is overdue, in milliseconds: recorded and never looked at, or not
 * attempted again when it was its time. 0 where none is.
 */
export async function lookAtBacklog(options: {
  connection: Redis;
  prefix: string;
  queue: Pick<DeliveryQueue, 'getJobCounts'>;
}): Promise<{ pending: number; overdueMs: number }> {
  const { connection, prefix, queue } = options;
  const key = `${prefix}:${DELIVERIES}`;
  const [pending, [, score], next] = await Promise.all([
    countPending(queue),
    connection.zrange(`${key}:delayed`, '0', '0', 'WITHSCORES'),
    connection.lrange(`${key}:wait`, -LOOKED_AT, -1),
  ]);
  const due = await Promise.all(next.map(dueAt));
  if (score !== undefined) due.push(Number(score) / DELAYED_SCORE);
  const now = Date.now();
  const overdue = due.map((at) => (at === null ? 0 : now - at));
  return { pending, overdueMs: Math.max(0, ...overdue) };

  /**
   * When a delivery that waits to be looked at was due: when it was recorded; where it was looked at before, after the longest pause that
   * it may have had since, for BullMQ does not say when that ended. Null for one that has just been taken.
   */
  async function dueAt(id: string): Promise<number | null> {
    const fields = ['timestamp', 'processedOn', 'atm'] as const;
    const [recorded, lookedAt, attempts] = await connection.hmget(`${key}:${id}`, ...fields);
    if (!recorded) return null;
    return lookedAt ? Number(lookedAt) + longestPauseMs(Number(attempts ?? 0)) : Number(recorded);
  }
}
