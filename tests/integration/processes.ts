import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Launched, launch } from '../../scripts/src/processes/launch.ts';

const readyMessage = z.object({ type: z.literal('ready'), url: z.url().optional() });
const READY_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 20_000;

/** A process of the pipeline as it runs in production. */
export interface Running {
  pid: number;
  /** Where it listens; empty for a worker. */
  url: string;
  /** Every line that it logged. */
  tail: () => string[];
  isRunning: () => boolean;
  signal: (signal: NodeJS.Signals) => void;
  /** How it ended. */
  ended: Promise<string>;
  /** SIGTERM. @throws Error when it doesn't end by itself with code 0; it is killed then */
  stop: () => Promise<void>;
  /** SIGKILL. */
  kill: () => Promise<void>;
}

/** Starts an api or a worker without waiting for it. */
export function launchRole(role: 'api' | 'worker', env: NodeJS.ProcessEnv): Launched {
  return launch({
    program: process.execPath,
    args: [fileURLToPath(new URL(`../../${role}/dist/main.js`, import.meta.url))],
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', HOST: '127.0.0.1', PORT: '0', ...env },
    ipc: true,
    keepStdout: true,
  });
}

/** Starts an api or a worker and waits until it says that it is ready. */
export async function startRole(role: 'api' | 'worker', env: NodeJS.ProcessEnv): Promise<Running> {
  const launched = launchRole(role, env);
  const { child, pid, ended, isRunning, tail } = launched;
  const gone = ended.then((how) => {
    throw new Error(`${role} ended before it was ready (${how}):\n${tail().join('\n')}`);
  });
  gone.catch(() => {});
  const [message] = await Promise.race([
    once(child, 'message', { signal: AbortSignal.timeout(READY_TIMEOUT_MS) }),
    gone,
  ]);
  const { url = '' } = readyMessage.parse(message);
  return {
    pid,
    url: url.replace('localhost', '127.0.0.1'),
    tail,
    isRunning,
    ended,
    signal: (signal) => void child.kill(signal),
    stop: () => stop(role, launched),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function stop(role: string, { child, ended, tail, isRunning }: Launched): Promise<void> {
  if (!isRunning()) throw new Error(`${role} had ended by itself:\n${tail().join('\n')}`);
  const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  child.kill('SIGTERM');
  const how = await ended;
  clearTimeout(deadline);
  if (how !== 'exit code 0') throw new Error(`${role} did not stop cleanly (${how}):\n${tail().join('\n')}`);
}
