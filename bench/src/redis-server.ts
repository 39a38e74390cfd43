import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/dist/port.js';
import { obtainRedisBinary } from '../../scripts/dist/redis/obtain-binary.js';
import { privateRedisUrl } from '../../scripts/dist/redis/private-redis.js';
import { waitForRedis } from '../../scripts/dist/redis/probe.js';
import { launchGroup, ServiceError, stopGroup } from './processes.ts';

export interface RedisServer {
  url: string;
  pid: number;
  stop: () => Promise<void>;
}

/**
 * A Redis of one contender alone, on a free port and an empty folder.
 *
 * @param durable with the append-only log, as `npm start` runs it
 */
export async function startRedis({ durable }: { durable: boolean }): Promise<RedisServer> {
  const binary = await obtainRedisBinary({ path: process.env.PATH ?? '', mayInstall: true });
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'inkqueue-bench-redis-'));
  const settings = [
    ['port', String(port)],
    ['bind', '127.0.0.1'],
    ['dir', dir],
    ['save', ''],
    ['appendonly', durable ? 'yes' : 'no'],
    ['appendfsync', 'everysec'],
    ['maxmemory-policy', 'noeviction'],
  ];
  const server = launchGroup({
    program: binary,
    args: settings.flatMap(([name, value]) => [`--${name}`, value ?? '']),
  });
  const gone = server.ended.then((how) => {
    throw new ServiceError(`Redis ended (${how}): ${server.tail().join('\n')}`);
  });
  gone.catch(() => {});
  await waitForRedis(port, gone);
  return {
    url: privateRedisUrl(port),
    pid: server.pid,
    stop: async () => {
      await stopGroup(server);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
