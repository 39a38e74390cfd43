import { setTimeout as delay } from 'node:timers/promises';
import { type Launched, signalGroup } from '@inkqueue/scripts/launch';
import { UserError } from '@inkqueue/shared/node/user-error';
import { groupsCpuMs } from './usage.ts';

/** Waits until `condition` resolves to true. @throws UserError when a process ends first, or the deadline passes */
export async function waitUntil(
  condition: () => Promise<boolean>,
  options: { processes: readonly Launched[]; timeoutMs: number; what: string },
): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  while (!(await condition())) {
    const gone = options.processes.find((launched) => !launched.isRunning());
    if (gone) throw new UserError(`${options.what} ended:\n${gone.tail().join('\n')}`);
    if (Date.now() > deadline) {
      const words = options.processes.flatMap((launched) => launched.tail()).join('\n');
      throw new UserError(`${options.what} did not respond within ${options.timeoutMs / 1000} s\n${words}`);
    }
    await delay(50);
  }
}

/** Whether a service gives any response at all, or one that `isWanted`. */
export async function responds(
  url: string,
  request: RequestInit = {},
  isWanted: (response: Response) => boolean = () => true,
): Promise<boolean> {
  try {
    const response = await fetch(url, request);
    await response.arrayBuffer();
    return isWanted(response);
  } catch (error) {
    // Nothing listens yet.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Halts process groups, or lets them continue. */
export function setHalted(groups: readonly number[], halted: boolean): void {
  for (const group of groups) signalGroup(group, halted ? 'SIGSTOP' : 'SIGCONT');
}

const QUIET_WINDOW_MS = 200;
const QUIET_SHARE = 0.1;
const SETTLE_TIMEOUT_MS = 30_000;

/**
 * Waits until process groups have finished what a load left behind: they use less than a tenth of a core.
 *
 * @param idleShare cores that they use when they have nothing to do
 */
export async function settle(groups: readonly number[], idleShare = 0): Promise<void> {
  const deadline = Date.now() + SETTLE_TIMEOUT_MS;
  for (let before = groupsCpuMs(groups); Date.now() < deadline; ) {
    await delay(QUIET_WINDOW_MS);
    const now = groupsCpuMs(groups);
    if (now - before <= (QUIET_SHARE + 1.5 * idleShare) * QUIET_WINDOW_MS) return;
    before = now;
  }
}

const START_TIMEOUT_MS = 8_000;
const IDLE_WINDOW_MS = 1_000;

/** Waits for a service that has just started to become quiet. @returns how many cores it uses when idle */
export async function measureIdle(groups: readonly number[]): Promise<number> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const before = groupsCpuMs(groups);
    await delay(IDLE_WINDOW_MS);
    const share = (groupsCpuMs(groups) - before) / IDLE_WINDOW_MS;
    if (share <= QUIET_SHARE || Date.now() > deadline) return share;
  }
}
