import type { Logger } from '@inkqueue/shared/node/log';
import { isRedisAway } from '@inkqueue/shared/node/redis/connections';
import type { Redis } from 'ioredis';

const LOOK_EVERY_MS = 500;

export type Drain = ReturnType<typeof createDrain>;

/** Whether an operator lets the queue run empty: then no api takes pictures in. */
export function createDrain(options: { connection: Redis; prefix: string; log: Pick<Logger, 'warn'> }) {
  const { connection, prefix, log } = options;
  const key = `${prefix}:drained`;
  let isDrained = false;

  async function look(): Promise<void> {
    if (connection.status !== 'ready') return;
    try {
      isDrained = (await connection.exists(key)) === 1;
    } catch (error) {
      // While Redis is away nothing can be taken in anyway.
      if (!isRedisAway(error)) log.warn({ err: error }, 'could not look whether the queue is drained');
    }
  }

  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return {
    look,
    isDrained: () => isDrained,
    async begin(): Promise<void> {
      await connection.set(key, '1');
      isDrained = true;
    },
    async end(): Promise<void> {
      await connection.del(key);
      isDrained = false;
    },
    close: () => clearInterval(timer),
  };
}
