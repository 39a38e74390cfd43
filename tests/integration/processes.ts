import { type Launched, launchRole as launch, type ProcessRole } from '@inkqueue/scripts/launch';

const READY_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 20_000;

export type Running = Awaited<ReturnType<typeof startRole>>;

/** Starts a process as in production, without waiting until it is ready. */
export function launchRole(role: ProcessRole, env: NodeJS.ProcessEnv): Launched {
  const settings = { PATH: process.env.PATH, LOG_LEVEL: 'warn', HOST: '127.0.0.1', PORT: '0', ...env };
  return launch(role, { env: settings });
}

/** Starts a process and waits until it is ready. `url` is empty but for an api. */
export async function startRole(role: ProcessRole, env: NodeJS.ProcessEnv) {
  const launched = launchRole(role, env);
  const url = await launched.untilReady(READY_TIMEOUT_MS);
  return {
    ...launched,
    url: url.replace('localhost', '127.0.0.1'),
    /** SIGTERM. @throws Error when the process doesn't end by itself with code 0; it is killed then */
    async stop(): Promise<void> {
      const { tail, isRunning, ended } = launched;
      if (!isRunning()) throw new Error(`${role} had ended by itself:\n${tail().join('\n')}`);
      await launched.stop(STOP_TIMEOUT_MS);
      const how = await ended;
      if (how !== 'exit code 0')
        throw new Error(`${role} did not stop cleanly (${how}):\n${tail().join('\n')}`);
    },
  };
}
