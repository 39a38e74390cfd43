import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs } from '@inkqueue/shared/node/backoff';
import { UserError } from '@inkqueue/shared/node/user-error';
import { complain, say } from '../terminal.ts';
import type { Launched } from './launch.ts';

const BACKOFF = { firstMs: 200, longestMs: 30_000 };
/** After this long without an end the next failure counts as the first. */
const STABLE_MS = 60_000;
const FAILURES_MAX = 8;

/** One process to keep running. */
export interface Role {
  name: string;
  launch: () => Launched;
  readyTimeoutMs: number;
  stopTimeoutMs: number;
  /** Failures in a row after which the supervisor gives it up. */
  failuresMax?: number;
}

export type Supervised = ReturnType<typeof supervise>;

/**
 * Keeps one process running:
 *
 *   start ──► ready ──► ended ──► waiting ──► started again ──► ready …
 *                                    ▲               │
 *                                    └───────────────┘   (ended before it was ready)
 *
 * until `stop` or `kill`. The first start is different: its failure goes to the caller, since what fails at once will fail
 * again. Later failures wait 200 ms, doubling up to 30 s.
 */
export function supervise(
  { name, failuresMax = FAILURES_MAX, ...role }: Role,
  events: { onLaunch: (name: string, pid: number) => void; onGiveUp: (error: UserError) => void },
) {
  const stopping = new AbortController();
  let current: Launched | null = null;

  async function startOnce(): Promise<Launched> {
    current = role.launch();
    events.onLaunch(name, current.pid);
    await current.untilReady(role.readyTimeoutMs);
    return current;
  }

  /** Resolves to the process, or to why it did not become ready. */
  async function startAgain(): Promise<Launched | string> {
    try {
      const launched = await startOnce();
      say(`${name} is ready again`);
      return launched;
    } catch (error) {
      if (error instanceof UserError) return error.message;
      throw error;
    }
  }

  async function keepRunning(first: Launched): Promise<void> {
    let state: Launched | string = first;
    for (let failures = 1; ; failures++) {
      const readyAt = performance.now();
      const why = typeof state === 'string' ? state : `${name} ended (${await state.ended})`;
      if (stopping.signal.aborted) return;
      if (performance.now() - readyAt > STABLE_MS) failures = 1;
      if (failures > failuresMax) {
        return events.onGiveUp(new UserError(`${why}; it failed ${failures} times in a row, giving up`));
      }
      const pauseMs = backoffMs(failures - 1, BACKOFF);
      say(`${why}; starting it again in ${pauseMs / 1_000} s`);
      await delay(pauseMs, null, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      state = await startAgain();
    }
  }

  return {
    /** Starts the process for the first time. @throws UserError when it does not become ready */
    async start(): Promise<void> {
      const launched = await startOnce();
      void keepRunning(launched);
    },
    /** Lets it end, and kills it after the role's deadline. It is not started again. */
    async stop(): Promise<{ forced: boolean }> {
      stopping.abort();
      if (!current) return { forced: false };
      const { forced } = await current.stop(role.stopTimeoutMs);
      if (forced) complain(`${name} did not stop within ${role.stopTimeoutMs / 1_000} s and was killed`);
      return { forced };
    },
  };
}
