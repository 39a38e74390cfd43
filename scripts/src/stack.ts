import { resolve } from 'node:path';
import { nodeRole } from './processes/node-role.ts';
import { type Role, type Supervised, supervise } from './processes/supervise.ts';
import type { StartEnv } from './start-env.ts';
import { StartError } from './terminal.ts';

/** A process gets this long past its own deadline to end before it is killed. */
const STOP_MARGIN_MS = 2_000;
/** After one process failed to start, others may fail for reasons of their own within this time. */
const MORE_FAILURES_MS = 500;

/** All processes of a start, in layers: each layer needs those before it while it stops. */
export interface Stack {
  /** Adds layers and starts all their processes side by side. @throws StartError with every distinct reason */
  start(...added: readonly (readonly Role[])[]): Promise<void>;
  /** Stops the layers in reverse. Resolves to whether every process ended by itself. */
  stop(): Promise<{ clean: boolean }>;
  kill(): void;
}

export function createStack(events: Parameters<typeof supervise>[1]): Stack {
  const layers: Supervised[][] = [];
  let stopped = false;
  return {
    async start(...added) {
      if (stopped) throw new StartError('stopped before all was started');
      const fresh = added.map((roles) => roles.map((role) => supervise(role, events)));
      layers.push(...fresh);
      await allStarted(fresh.flat());
    },
    async stop() {
      stopped = true;
      let clean = true;
      for (const layer of layers.toReversed()) {
        const ends = await Promise.all(layer.map((process) => process.stop()));
        clean &&= ends.every(({ forced }) => !forced);
      }
      return { clean };
    },
    kill() {
      stopped = true;
      for (const process of layers.flat()) process.kill();
    },
  };
}

async function allStarted(processes: readonly Supervised[]): Promise<void> {
  const reasons = new Set<string>();
  const starts = processes.map((process) =>
    process.start().catch((err: unknown) => {
      if (!(err instanceof StartError)) throw err;
      reasons.add(err.message);
      throw err;
    }),
  );
  try {
    await Promise.all(starts);
  } catch (err) {
    if (!(err instanceof StartError)) throw err;
    const others = new Promise((done) => setTimeout(done, MORE_FAILURES_MS));
    await Promise.race([Promise.allSettled(starts), others]);
    throw new StartError([...reasons].join('\n'));
  }
}

/** The workers, which take what the api has queued. */
export function workerRoles(env: StartEnv, redisUrl: string): Role[] {
  return Array.from({ length: env.WORKERS }, (_, index) =>
    nodeRole({
      ...deadlines(env),
      name: `worker ${index + 1}`,
      script: resolve('worker/dist/main.js'),
      // Workers on one machine can't share the port of a health endpoint; their presence in Redis tells of them.
      env: { ...childEnv(env, redisUrl), HEALTH_PORT: '0' },
    }),
  );
}

export function apiRole(env: StartEnv, redisUrl: string, port: number): Role {
  return nodeRole({
    ...deadlines(env),
    name: 'api',
    script: resolve('api/dist/main.js'),
    env: { ...childEnv(env, redisUrl), PORT: String(port), HOST: env.HOST },
  });
}

function childEnv(env: StartEnv, redisUrl: string): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', ...process.env, REDIS_URL: redisUrl, LOG_LEVEL: env.LOG_LEVEL };
}

function deadlines(env: StartEnv) {
  return { readyTimeoutMs: env.READY_TIMEOUT_MS, stopTimeoutMs: env.SHUTDOWN_TIMEOUT_MS + STOP_MARGIN_MS };
}
