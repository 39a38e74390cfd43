import { once } from 'node:events';
import { z } from 'zod';
import { type Launched, launch } from './launch.ts';
import type { Role } from './supervise.ts';

const readyMessage = z.object({ type: z.literal('ready') });

/** How many failures in a row of a process of ours are taken as a fault that starting again won't mend. */
const MAX_FAILURES = 8;

/** A Node.js process of ours, which says over its IPC channel when it is ready, and ends when that channel closes. */
export function nodeRole(options: {
  name: string;
  script: string;
  env: NodeJS.ProcessEnv;
  readyTimeoutMs: number;
  stopTimeoutMs: number;
}): Role {
  const { name, script, env, readyTimeoutMs, stopTimeoutMs } = options;
  return {
    name,
    readyTimeoutMs,
    stopTimeoutMs,
    maxFailures: MAX_FAILURES,
    launch: () =>
      launch({
        program: process.execPath,
        args: [script],
        env,
        ipc: true,
        onLine: (line) => process.stderr.write(`${line}\n`),
      }),
    ready: (launched, gone) => Promise.race([saysReady(launched), gone]),
  };
}

async function saysReady({ child }: Launched): Promise<void> {
  for (;;) {
    const [message] = await once(child, 'message');
    if (readyMessage.safeParse(message).success) return;
  }
}
