import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs } from '@inkqueue/shared/node/backoff';
import { UserError } from '@inkqueue/shared/node/user-error';
import { complain, say } from '../terminal.ts';
import type { Launched } from './launch.ts';

const BACKOFF = { firstMs: 200, longestMs: 30_000 };
/** After this long without an end the next failure counts as the first. */
const STABLE_MS = 60_000;

/** One process to keep running. */
export interface Role {
  name: string;
  launch: () => Launched;
  readyTimeoutMs: number;
  stopTimeoutMs: number;
}

export type Supervised = ReturnType<typeof supervise>;

/**
 * Keeps one process running:
 *
 *   start ──► ready ──► ended ──► waiting ──► started again ──► ready …
 *                                    ▲               │
 *                                    └───────────────┘   (ended before it was ready)
 *
 * until `stop`, for ever: a process that was ready once was well, and its end must not take the others down. The first start
 * is different: its failure goes to the caller, since what fails at once will fail again. Restarts wait 200 ms, doubling up
 * to 30 s.
 */
export function supervise(
  { name, ...role }: Role,
  events: { onLaunch: (name: string, pid: number) => void },
) {
  const stopping = new AbortController();
  let current: Launched | null = null;
  let failures = 0;

  async function start(): Promise<void> {
    const launched = role.launch();
    current = launched;
    events.onLaunch(name, launched.pid);
    await launched.untilReady(role.readyTimeoutMs);
    const readyAt = performance.now();
    void launched.ended.then((how) => {
      if (performance.now() - readyAt > STABLE_MS) failures = 0;
      return startAgain(`${name} ended (${how})`);
    });
  }

  async function startAgain(why: string): Promise<void> {
    const { signal } = stopping;
    if (signal.aborted) return;
    const pauseMs = backoffMs(failures++, BACKOFF);
    say(`${why}; starting it again in ${pauseMs / 1_000} s`);
    try {
      await delay(pauseMs, null, { signal });
      await start();
      say(`${name} is ready again`);
    } catch (error) {
      if (error instanceof UserError) return startAgain(error.message);
      if (!signal.aborted) throw error;
    }
  }

  return {
    /** Starts the process for the first time. @throws UserError when it does not become ready */
    start,
    /** Lets it end, and kills it after the role's deadline. It is not started again. */
    async stop(): Promise<{ forced: boolean }> {
      stopping.abort();
      const forced = (await current?.stop(role.stopTimeoutMs))?.forced ?? false;
      if (forced) complain(`${name} did not stop within ${role.stopTimeoutMs / 1_000} s and was killed`);
      return { forced };
    },
  };
}
