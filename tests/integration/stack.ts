import { randomUUID } from 'node:crypto';
import type { ProcessRole } from '@inkqueue/scripts/launch';
import { listWorkers } from '@inkqueue/shared/node/presence';
import { Redis } from 'ioredis';
import { requireClean } from './leaks.ts';
import { type Running, startRole } from './processes.ts';
import { until } from './until.ts';

export type Stack = ReturnType<typeof createStack>;

/** The Redis that the whole run shares. */
export function sharedRedisUrl(): string {
  const url = process.env.TEST_REDIS_URL;
  if (!url) throw new Error('TEST_REDIS_URL is not set: the global setup did not run');
  return url;
}

/** The processes of the service over one Redis, under a unique key prefix. A test starts those that it needs. */
export function createStack(redisUrl = sharedRedisUrl()) {
  const prefix = `test-${randomUUID()}`;
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  // A test that ends Redis waits on its own conditions.
  redis.on('error', () => {});
  const running: Running[] = [];
  const start = async (role: ProcessRole, env: NodeJS.ProcessEnv = {}) => {
    const started = await startRole(role, { REDIS_URL: redisUrl, QUEUE_PREFIX: prefix, ...env });
    running.push(started);
    return started;
  };
  return {
    prefix,
    redisUrl,
    /** The test's own connection. */
    redis,
    api: (env?: NodeJS.ProcessEnv) => start('api', env),
    worker: (env?: NodeJS.ProcessEnv) => start('worker', env),
    webhooks: (env?: NodeJS.ProcessEnv) => start('webhooks', env),
    /** Waits until a worker that was killed is no longer announced: its record runs out by itself, after 4 s. */
    untilForgotten: ({ pid }: Running) =>
      until(
        'the killed worker is no longer announced',
        async () => (await listWorkers({ connection: redis, prefix })).every((worker) => worker.pid !== pid),
        5_000,
      ),
    /**
     * Stops the running processes, workers first, and deletes every key.
     *
     * @throws Error when a process doesn't end with code 0, or the processes leave something behind
     */
    async close(): Promise<void> {
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
