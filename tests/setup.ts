import { createPrivateRedis } from '@inkqueue/scripts/private-redis';

/**
 * Runs before and after all tests: a real Redis for this run alone, whose URL tests read from TEST_REDIS_URL.
 * Where TEST_REDIS_URL is set already, it names the Redis to use instead.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_REDIS_URL) return undefined;
  const redis = await createPrivateRedis({ durable: false, mayInstall: !process.env.INKQUEUE_NO_INSTALL });
  process.env.TEST_REDIS_URL = redis.url;
  return redis.remove;
}
