import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { requireClean } from './leaks.ts';
import { type Running, startRole } from './processes.ts';

/** Api and worker processes over one Redis, under a key prefix of their own. */
export interface Stack {
  prefix: string;
  redisUrl: string;
  /** The test's own connection. */
  redis: Redis;
  api(env?: NodeJS.ProcessEnv): Promise<Running>;
  worker(env?: NodeJS.ProcessEnv): Promise<Running>;
  /**
   * Stops what still runs, workers first, and deletes every key.
   *
   * @throws Error when a process doesn't end with code 0, or keys are left that should be gone
   */
  close(): Promise<void>;
}

/** The Redis that the whole run shares. */
export function sharedRedisUrl(): string {
  const url = process.env.TEST_REDIS_URL;
  if (!url) throw new Error('TEST_REDIS_URL is not set: the global setup did not run');
  return url;
}

/** A stack without processes yet: a test starts the api and the workers that it needs. */
export function createStack(redisUrl = sharedRedisUrl()): Stack {
  const prefix = `test-${randomUUID()}`;
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  // What ends and starts Redis in the middle of a test waits on its own conditions.
  redis.on('error', () => {});
  const running: Running[] = [];
  const start = async (role: 'api' | 'worker', env: NodeJS.ProcessEnv = {}) => {
    const started = await startRole(role, { REDIS_URL: redisUrl, QUEUE_PREFIX: prefix, ...env });
    running.push(started);
    return started;
  };
  return {
    prefix,
    redisUrl,
    redis,
    api: (env) => start('api', env),
    worker: (env) => start('worker', env),
    async close() {
      try {
        const alive = running.filter((process) => process.isRunning());
        const [apis, workers] = [alive.filter(({ url }) => url), alive.filter(({ url }) => !url)];
        await Promise.all(workers.map((worker) => worker.stop()));
        await Promise.all(apis.map((api) => api.stop()));
        await requireClean(redis, prefix);
      } finally {
        await deleteAll(redis, prefix);
        redis.disconnect();
      }
    },
  };
}

async function deleteAll(redis: Redis, prefix: string): Promise<void> {
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.unlink(keys);
}
