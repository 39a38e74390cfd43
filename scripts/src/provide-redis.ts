import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { type DataDir, dataPaths } from './data-dir.ts';
import { freePort } from './port.ts';
import { endOrphans, isAlive, readRecord } from './processes/record.ts';
import { obtainRedisBinary } from './redis/obtain-binary.ts';
import { privateRedisUrl } from './redis/private-redis.ts';
import { requireRedis } from './redis/probe.ts';
import { redisRole } from './redis/redis-role.ts';
import type { Stack } from './stack.ts';
import type { StartEnv } from './start-env.ts';
import { say } from './terminal.ts';

const ROLE = 'redis';
const ANSWER_TIMEOUT_MS = 5_000;

/** Ends what an earlier start that was killed has left running on this folder: two Redis on one log would ruin it. */
export async function clearOrphans(dataDir: DataDir): Promise<void> {
  const ended = await endOrphans(dataDir.processes, ROLE);
  if (ended.length > 0) say(`Ended what an earlier start had left running: ${ended.join(', ')}`);
}

/** Starts the private Redis as the stack's first layer. @returns its URL */
export async function startPrivateRedis(env: StartEnv, dataDir: DataDir, stack: Stack): Promise<string> {
  const binary = await obtainRedisBinary({
    path: process.env.PATH ?? '',
    mayInstall: !env.INKQUEUE_NO_INSTALL,
  });
  const port = await freePort();
  say(`Starting ${binary} on port ${port}, data in ${nameOf(dataDir.redis)}`);
  const url = privateRedisUrl(port);
  writeFileSync(dataDir.redisUrl, url);
  const readyTimeoutMs = env.READY_TIMEOUT_MS;
  await stack.start([
    redisRole({ name: ROLE, binary, dir: dataDir.redis, port, durable: true, readyTimeoutMs }),
  ]);
  return url;
}

/** Where the private Redis of a data folder listens; null while none runs there. */
export function runningRedisUrl(dir: string): string | null {
  const { processes, redisUrl } = dataPaths(dir);
  const redis = readRecord(processes).find(({ name }) => name === ROLE);
  return redis && isAlive(redis) ? readFileSync(redisUrl, 'utf8') : null;
}

/** Makes sure that the Redis of REDIS_URL answers. @throws StartError, without the password */
export async function requireGivenRedis(url: string): Promise<string> {
  await requireRedis(url, ANSWER_TIMEOUT_MS);
  say(`Using Redis at ${new URL(url).host}`);
  return url;
}

/** A folder as a person would name it from here. */
function nameOf(dir: string): string {
  const fromHere = relative('.', dir);
  return fromHere.startsWith('..') ? dir : fromHere;
}
