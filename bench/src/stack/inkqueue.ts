import { launchRole } from '@inkqueue/scripts/launch';
import { createPrivateRedis } from '@inkqueue/scripts/private-redis';
import getPort from 'get-port';
import type { Contender } from './contender.ts';

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

/**
 * Bounds on what waits are wide enough for 128 phone photos at once: a refused request would cost nothing, and yet not be
 * a response.
 */
const WIDE_BOUNDS = { UPLOADS_IN_FLIGHT_MAX_BYTES: '2000000000', QUEUE_MAX_BYTES: '4000000000' };

export type InkqueueStack = Awaited<ReturnType<typeof startInkqueue>>;

/**
 * This project as `npm start` runs it: Redis with its append-only log, the api, and workers.
 *
 * @param options.root the checkout whose compiled code runs, by default this one
 * @param options.preload a module that the api and the workers load first
 */
export async function startInkqueue(options: {
  root?: string;
  workers?: number;
  apiEnv?: Record<string, string>;
  workerEnv?: Record<string, string>;
  preload?: { api?: string; worker?: string };
}) {
  const { root, preload, workers = 2 } = options;
  const redis = await createPrivateRedis({ mayInstall: true });
  const port = await getPort();
  const launch = (role: 'api' | 'worker', settings: NodeJS.ProcessEnv) => {
    const env = {
      ...process.env,
      NODE_ENV: 'production',
      REDIS_URL: redis.url,
      LOG_LEVEL: 'error',
      ...settings,
    };
    return launchRole(role, { env, root, preload: preload?.[role] });
  };
  const api = launch('api', { ...WIDE_BOUNDS, ...options.apiEnv, PORT: String(port), HOST: '127.0.0.1' });
  const workerProcesses = Array.from({ length: workers }, () =>
    launch('worker', { HEALTH_PORT: '0', ...options.workerEnv }),
  );
  const processes = [api, ...workerProcesses];
  await Promise.all(processes.map((launched) => launched.untilReady(READY_TIMEOUT_MS)));
  return {
    url: `http://127.0.0.1:${port}`,
    redisUrl: redis.url,
    apiPid: api.pid,
    workerPids: workerProcesses.map(({ pid }) => pid),
    groups: [redis.pid(), ...processes.map(({ pid }) => pid)],
    async stop(): Promise<void> {
      await Promise.all(processes.map((launched) => launched.stop(STOP_TIMEOUT_MS)));
      await redis.remove();
    },
  };
}

/** @param options.root, options.workers see {@link startInkqueue} */
export function inkqueue(options: {
  name: string;
  title: string;
  root?: string;
  workers?: number;
}): Contender {
  const { name, title, ...stack } = options;
  return { name, title, paths: ['/predict'], start: () => startInkqueue(stack) };
}

export const ours = inkqueue({ name: 'ours', title: 'Inkqueue, 2 workers' });
