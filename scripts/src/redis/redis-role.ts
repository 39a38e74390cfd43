import type { Role } from '../processes/supervise.ts';
import { launchPrivateRedis, type PrivateRedisOptions } from './private-redis.ts';
import { waitForRedis } from './probe.ts';

/** Redis writes what is left of its log to disk before it ends. */
const STOP_TIMEOUT_MS = 30_000;
const MAX_FAILURES = 5;

/** The private Redis as a process to keep running: always on the same port, where its clients look for it. */
export function redisRole(options: PrivateRedisOptions & { name: string; readyTimeoutMs: number }): Role {
  return {
    name: options.name,
    readyTimeoutMs: options.readyTimeoutMs,
    stopTimeoutMs: STOP_TIMEOUT_MS,
    maxFailures: MAX_FAILURES,
    launch: () => launchPrivateRedis(options),
    ready: (_launched, gone) => waitForRedis(options.port, gone),
  };
}
