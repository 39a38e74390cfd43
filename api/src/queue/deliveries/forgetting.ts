import type { Redis } from 'ioredis';
import { DELIVERIES, type DeliveryQueue } from './delivery-queue.ts';

/** Marks a delivery. KEYS: its job. @returns 0 where there is none, as of most predictions */
const MARK = `if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'forgotten', 1)
return 1`;

/**
 * Takes deliveries back. One that a process attempts just now cannot be removed under its hands: it is marked, the process ends it where
 * the attempt fails, and none attempts it again.
 */
export function createForgetting(options: {
  connection: Redis;
  prefix: string;
  queue: Pick<DeliveryQueue, 'remove'>;
}) {
  const { connection, prefix, queue } = options;
  const keyOf = (id: string) => `${prefix}:${DELIVERIES}:${id}`;

  async function forgetOne(id: string): Promise<void> {
    if ((await connection.eval(MARK, 1, keyOf(id))) === 1) await queue.remove(id);
  }

  return {
    async forget(ids: readonly string[]): Promise<void> {
      await Promise.all(ids.map(forgetOne));
    },
    isForgotten: async (id: string): Promise<boolean> =>
      (await connection.hexists(keyOf(id), 'forgotten')) === 1,
  };
}
