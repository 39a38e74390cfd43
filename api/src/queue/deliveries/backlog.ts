import type { Redis } from 'ioredis';
import { DELIVERIES, type DeliveryQueue } from './delivery-queue.ts';
import { countPending } from './pending-bound.ts';

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
    connection.lindex(`${key}:wait`, -1),
  ]);
  const due = [score === undefined ? null : Number(score) / DELAYED_SCORE, next && (await recordedAt(next))];
  const now = Date.now();
  const overdue = due.map((at) => (at ? now - at : 0));
  return { pending, overdueMs: Math.max(0, ...overdue) };

  /** Null for a delivery that was looked at: it is as old as its prediction, and waits only now. */
  async function recordedAt(id: string): Promise<number | null> {
    const [timestamp, started] = await connection.hmget(`${key}:${id}`, 'timestamp', 'ats');
    return timestamp && !started ? Number(timestamp) : null;
  }
}
