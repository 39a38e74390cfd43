import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '@inkqueue/shared/node/user-error';
import type { Running } from '../integration/processes.ts';

const RESTART_MS = 200;
const AGAIN_MS = 1_000;

export type Slot = ReturnType<typeof createSlot>;

/**
 * Keeps one process of the service running, as a supervisor does:
 *
 *   ready ──► ended ──► started again (until it is ready) ──► ready …
 *
 * until `stop`. A process that ends when nobody killed it shows in `endedByItself`.
 */
export function createSlot(options: {
  name: string;
  launch: (env: NodeJS.ProcessEnv) => Promise<Running>;
  onEnd: (text: string) => void;
}) {
  const { name, launch, onEnd } = options;
  let current: Running | null = null;
  let starting: Promise<void> = Promise.resolve();
  let isWanted = true;
  let isDoomed = false;
  let isKilled = false;
  let extra: NodeJS.ProcessEnv = {};

  async function launchUntilReady(): Promise<void> {
    while (isWanted) {
      try {
        const started = await launch(extra);
        current = started;
        void started.ended.then((how) => void afterEnd(started, how));
        return;
      } catch (error) {
        // Redis is away at this moment.
        if (!(error instanceof UserError)) throw error;
        await delay(AGAIN_MS);
      }
    }
  }

  async function afterEnd(started: Running, how: string): Promise<void> {
    if (current !== started) return;
    current = null;
    if (!isDoomed && !isKilled)
      onEnd(`${name} ended by itself (${how}): ${started.tail().slice(-3).join(' | ')}`);
    isKilled = false;
    starting = delay(RESTART_MS).then(launchUntilReady);
    await starting;
  }

  function start(env: NodeJS.ProcessEnv = {}): Promise<void> {
    extra = env;
    starting = launchUntilReady();
    return starting;
  }

  /** @throws Error when it does not end by itself with code 0 */
  async function stop(): Promise<void> {
    await starting;
    const stopped = current;
    current = null;
    await stopped?.stop();
  }

  return {
    name,
    start,
    /** SIGTERM, and a new one, with other settings where `env` gives some. */
    async restart(env: NodeJS.ProcessEnv = {}): Promise<void> {
      await stop();
      await start(env);
    },
    /** SIGKILL. It is started again by itself. */
    async kill(): Promise<void> {
      await starting;
      isKilled = current !== null;
      await current?.kill();
    },
    /** From now on its end is expected, and the end of those that follow it, until `pardon`. */
    doom(): void {
      isDoomed = true;
    },
    pardon(): void {
      isDoomed = false;
    },
    /** Resolves once it runs again. */
    async untilReady(): Promise<void> {
      while (isWanted && !current) {
        await starting;
        await delay(RESTART_MS);
      }
    },
    signal: (signal: NodeJS.Signals) => current?.signal(signal),
    async stop(): Promise<void> {
      isWanted = false;
      await stop();
    },
  };
}
