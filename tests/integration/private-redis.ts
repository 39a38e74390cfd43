import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/src/port.ts';
import { type Launched, terminate } from '../../scripts/src/processes/launch.ts';
import { findRedisBinary } from '../../scripts/src/redis/binary.ts';
import { launchPrivateRedis, privateRedisUrl } from '../../scripts/src/redis/private-redis.ts';
import { waitForRedis } from '../../scripts/src/redis/probe.ts';

/** A Redis of one test's own, durable as in production, to take away and bring back. */
export interface PrivateRedis {
  url: string;
  start(): Promise<void>;
  /** SIGTERM: Redis says goodbye to its clients. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Holds it so that it keeps its connections and answers nothing, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Ends it and deletes its data. */
  remove(): Promise<void>;
}

/** Starts a Redis on a free port, which it keeps over restarts. */
export async function createPrivateRedis(): Promise<PrivateRedis> {
  const binary = findRedisBinary(process.env.PATH ?? '');
  if (!binary) throw new Error('no redis-server is installed, though the global setup found one');
  const dir = mkdtempSync(join(tmpdir(), 'inkqueue-test-redis-'));
  const port = await freePort();
  let launched: Launched;
  const redis: PrivateRedis = {
    url: privateRedisUrl(port),
    async start() {
      launched = launchPrivateRedis({ binary, dir, port, durable: true });
      const gone = launched.ended.then((how) => {
        throw new Error(`Redis ended (${how}): ${launched.tail().join('\n')}`);
      });
      gone.catch(() => {});
      await waitForRedis(port, gone);
    },
    stop: async () => void (await terminate(launched, 10_000)),
    async kill() {
      launched.child.kill('SIGKILL');
      await launched.ended;
    },
    freeze: () => void launched.child.kill('SIGSTOP'),
    thaw: () => void launched.child.kill('SIGCONT'),
    async remove() {
      redis.thaw();
      await terminate(launched, 10_000);
      rmSync(dir, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}
