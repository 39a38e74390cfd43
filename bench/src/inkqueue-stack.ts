import { join } from 'node:path';
import { freePort } from '../../scripts/dist/port.js';
import type { Contender, Running } from './contender.ts';
import { launchGroup, saysReady, stopGroup } from './processes.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

export interface InkqueueStack extends Running {
  redisUrl: string;
  apiPid: number;
  workerPids: readonly number[];
}

/**
 * Bounds on what waits are wide enough for 128 phone pictures at once: a refused picture would cost nothing, and be
 * counted as an answer by nobody.
 */
const WIDE_BOUNDS = { UPLOADS_IN_FLIGHT_MAX_BYTES: '2000000000', QUEUE_MAX_BYTES: '4000000000' };

/**
 * This project as `npm start` runs it: Redis with its append-only log, the api, and workers.
 *
 * @param root the checkout whose compiled code runs
 * @param preload a module that the api and the workers load first
 */
export async function startInkqueue(options: {
  root?: string;
  workers?: number;
  apiEnv?: Record<string, string>;
  workerEnv?: Record<string, string>;
  preload?: { api?: string; worker?: string };
}): Promise<InkqueueStack> {
  const { root = process.cwd(), workers = 2, preload = {} } = options;
  const redis = await startRedis({ durable: true });
  const port = await freePort();
  const shared = { ...process.env, NODE_ENV: 'production', REDIS_URL: redis.url, LOG_LEVEL: 'error' };
  const node = (script: string, env: Record<string, string>, first?: string) =>
    launchGroup({
      program: process.execPath,
      args: [...(first ? ['--import', first] : []), join(root, script)],
      env: { ...shared, ...env },
      ipc: true,
    });
  const api = node(
    'api/dist/main.js',
    { ...WIDE_BOUNDS, ...options.apiEnv, PORT: String(port), HOST: '127.0.0.1' },
    preload.api,
  );
  const workerProcesses = Array.from({ length: workers }, () =>
    node('worker/dist/main.js', { HEALTH_PORT: '0', ...options.workerEnv }, preload.worker),
  );
  const processes = [api, ...workerProcesses];
  await Promise.all(processes.map(saysReady));
  return {
    url: `http://127.0.0.1:${port}`,
    redisUrl: redis.url,
    apiPid: api.pid,
    workerPids: workerProcesses.map(({ pid }) => pid),
    groups: [redis.pid, ...processes.map(({ pid }) => pid)],
    stop: () => stopAll(redis, processes),
  };
}

async function stopAll(redis: RedisServer, processes: Parameters<typeof stopGroup>[0][]): Promise<void> {
  await Promise.all(processes.map(stopGroup));
  await redis.stop();
}

/** @param root see {@link startInkqueue} */
export function inkqueue(options: { name: string; title: string; root?: string }): Contender {
  const { name, title, root } = options;
  return { name, title, paths: ['/predict'], start: () => startInkqueue(root ? { root } : {}) };
}
