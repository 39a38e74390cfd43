import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../scripts/src/port.ts';
import { terminate } from '../scripts/src/processes/launch.ts';
import { obtainRedisBinary } from '../scripts/src/redis/obtain-binary.ts';
import { launchPrivateRedis, privateRedisUrl } from '../scripts/src/redis/private-redis.ts';
import { waitForRedis } from '../scripts/src/redis/probe.ts';

/**
 * Runs before and after all tests: a real Redis of this run alone, whose URL tests read from TEST_REDIS_URL.
 * A TEST_REDIS_URL that is set already names the Redis to use instead.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_REDIS_URL) return undefined;
  const binary = await obtainRedisBinary({
    path: process.env.PATH ?? '',
    mayInstall: !process.env.INKQUEUE_NO_INSTALL,
  });
  const dir = mkdtempSync(join(tmpdir(), 'inkqueue-test-redis-'));
  const port = await freePort();
  const redis = launchPrivateRedis({ binary, dir, port, durable: false });
  const gone = redis.ended.then((how) => {
    throw new Error(`Redis ended (${how}): ${redis.tail().join('\n')}`);
  });
  gone.catch(() => {});
  // A run that ends without its teardown (Ctrl-C) takes Redis down all the same.
  process.on('exit', () => redis.child.kill('SIGKILL'));
  await waitForRedis(port, gone);
  process.env.TEST_REDIS_URL = privateRedisUrl(port);
  return async () => {
    await terminate(redis, 10_000);
    rmSync(dir, { recursive: true, force: true });
  };
}
