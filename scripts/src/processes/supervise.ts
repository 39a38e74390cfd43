import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { complain, StartError, say } from '../terminal.ts';
import { type Launched, terminate } from './launch.ts';

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 30_000;
/** A process that ran for this long was well: its next failure counts as the first. */
const STABLE_MS = 60_000;

type State = 'idle' | 'starting' | 'ready' | 'waiting' | 'stopped';

const transitions: Record<State, readonly State[]> = {
  idle: ['starting', 'stopped'],
  starting: ['ready', 'waiting', 'stopped'],
  ready: ['waiting', 'stopped'],
  waiting: ['starting', 'stopped'],
  stopped: ['stopped'],
};

/** One process to keep running. */
export interface Role {
  name: string;
  launch: () => Launched;
  /** Resolves when the process does its work. @param gone rejects when it ended or took too long */
  ready: (launched: Launched, gone: Promise<never>) => Promise<void>;
  readyTimeoutMs: number;
  stopTimeoutMs: number;
  /** Failures in a row after which it is given up. */
  maxFailures: number;
}

export interface Supervised {
  /** Starts the process for the first time. @throws StartError when it does not become ready */
  start(): Promise<void>;
  /** Asks it to end, and ends it after the role's deadline. It is not started again. */
  stop(): Promise<{ forced: boolean }>;
  /** Ends it at once. */
  kill(): void;
}

/**
 * Keeps one process running:
 *
 *   idle ──► starting ──► ready ──► waiting ──► starting …
 *               └──────────────────────▲   (ended before it was ready)
 *
 * and from any state to stopped, which is final. The first start is different: its failure goes to the caller, since what
 * fails at once will fail again. Later failures wait 200 ms, doubling up to 30 s.
 */
export function supervise(
  role: Role,
  events: { onLaunch: (name: string, pid: number) => void; onGiveUp: (error: StartError) => void },
): Supervised {
  let state: State = 'idle';
  let current: Launched | null = null;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;

  function go(next: State): void {
    assert(transitions[state].includes(next), `${role.name} can't go from ${state} to ${next}`);
    state = next;
  }

  async function startOnce(): Promise<void> {
    go('starting');
    const launched = role.launch();
    current = launched;
    events.onLaunch(role.name, launched.pid);
    await becomeReady(role, launched);
    if (state === 'stopped') return;
    go('ready');
    const readyAt = Date.now();
    void launched.ended.then((how) => {
      if (Date.now() - readyAt > STABLE_MS) failures = 0;
      restart(`${role.name} ended (${how})`);
    });
  }

  function restart(why: string): void {
    if (state === 'stopped') return;
    go('waiting');
    failures += 1;
    if (failures > role.maxFailures) {
      events.onGiveUp(new StartError(`${why}; it failed ${failures} times in a row, giving up`));
      return;
    }
    const delay = Math.min(FIRST_DELAY_MS * 2 ** (failures - 1), LONGEST_DELAY_MS);
    say(`${why}; starting it again in ${delay / 1_000} s`);
    retry = setTimeout(() => {
      startOnce().then(
        () => say(`${role.name} is ready again`),
        (err: unknown) => {
          if (!(err instanceof StartError)) throw err;
          restart(err.message);
        },
      );
    }, delay);
  }

  return {
    start: startOnce,
    async stop() {
      go('stopped');
      clearTimeout(retry);
      if (!current) return { forced: false };
      const { forced } = await terminate(current, role.stopTimeoutMs);
      if (forced) complain(`${role.name} did not stop within ${role.stopTimeoutMs / 1_000} s and was ended`);
      return { forced };
    },
    kill() {
      go('stopped');
      clearTimeout(retry);
      if (current?.isRunning()) current.child.kill('SIGKILL');
    },
  };
}

/** @throws StartError with the process's last words, when it ends or takes too long; it is ended then */
async function becomeReady(role: Role, launched: Launched): Promise<void> {
  const done = new AbortController();
  const gone = Promise.race([
    launched.ended.then((how) => {
      throw new StartError(lastWords(role, launched) ?? `${role.name} could not start (${how})`);
    }),
    sleep(role.readyTimeoutMs, null, { signal: done.signal, ref: false }).then(() => {
      const waited = `${role.name} was not ready after ${role.readyTimeoutMs / 1_000} s (READY_TIMEOUT_MS)`;
      throw new StartError([waited, lastWords(role, launched)].filter(Boolean).join('\n'));
    }),
  ]);
  // Nobody listens to it any more once the process is ready.
  gone.catch(() => {});
  try {
    await role.ready(launched, gone);
  } catch (err) {
    if (launched.isRunning()) launched.child.kill('SIGKILL');
    throw err;
  } finally {
    done.abort();
  }
}

/** What a process said last, each line telling whose it is. */
function lastWords(role: Role, launched: Launched): string | null {
  const lines = launched.tail().map((line) => (line.startsWith('inkqueue') ? line : `${role.name}: ${line}`));
  return lines.length > 0 ? lines.join('\n') : null;
}
