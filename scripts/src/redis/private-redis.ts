import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { type Launched, launch } from '../processes/launch.ts';
import { obtainRedisBinary } from './obtain-binary.ts';

const READY_TIMEOUT_MS = 20_000;
/** Redis writes the rest of its log to disk before it ends. */
export const REDIS_STOP_TIMEOUT_MS = 30_000;

/** When Redis flushes its log: what was accepted since is lost where the machine loses its power. */
export const FSYNCS = ['everysec', 'always'] as const;
export type Fsync = (typeof FSYNCS)[number];

/**
 * Starts a Redis for this project alone, which listens on loopback only, and refuses writes rather than losing data when
 * its memory is full.
 *
 * @param options.binary full path of redis-server or valkey-server
 * @param options.dir where it keeps its data; made when missing
 * @param options.durable whether its data survives a restart: every write goes to a log
 * @param options.fsync when that log is flushed to disk: each second, or before each reply
 */
export function launchPrivateRedis(options: {
  name: string;
  binary: string;
  dir: string;
  port: number;
  durable: boolean;
  fsync?: Fsync;
}): Launched {
  const { name, binary, dir, port, durable, fsync = 'everysec' } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir,
    daemonize: 'no',
    'maxmemory-policy': 'noeviction',
    // No snapshots beside the log: a fork every few minutes would only cost memory.
    save: '',
    appendonly: durable ? 'yes' : 'no',
    appendfsync: fsync,
    // A power loss may cut off the log's last entry: Redis starts with the entries before it.
    'aof-load-truncated': 'yes',
  };
  const args = Object.entries(settings).flatMap(([setting, value]) => [`--${setting}`, value]);
  // Redis prints this line once it has loaded its data.
  return launch({ name, program: binary, args, readyLine: /Ready to accept connections/ });
}

export function privateRedisUrl(port: number): string {
  return `redis://127.0.0.1:${port}`;
}

export type PrivateRedis = Awaited<ReturnType<typeof createPrivateRedis>>;

/** Starts a Redis for a test or a measurement, in a temporary folder, on a free port that it keeps over restarts. */
export async function createPrivateRedis({
  durable = true,
  mayInstall = false,
  fsync = 'everysec' as Fsync,
} = {}) {
  const binary = await obtainRedisBinary({ mayInstall });
  const dir = mkdtempSync(join(tmpdir(), 'inkqueue-redis-'));
  const port = await getPort();
  let launched: Launched;
  const redis = {
    url: privateRedisUrl(port),
    pid: () => launched.pid,
    async start(): Promise<void> {
      launched = launchPrivateRedis({ name: 'Redis', binary, dir, port, durable, fsync });
      await launched.untilReady(READY_TIMEOUT_MS);
    },
    /** SIGTERM: Redis takes leave of its clients. */
    stop: async () => void (await launched.stop(REDIS_STOP_TIMEOUT_MS)),
    kill: () => launched.kill(),
    /** Halts it: it keeps its connections and replies to nothing, until `thaw`. */
    freeze: () => launched.signal('SIGSTOP'),
    thaw: () => launched.signal('SIGCONT'),
    /** Ends it and deletes its data. */
    async remove(): Promise<void> {
      redis.thaw();
      await redis.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}
