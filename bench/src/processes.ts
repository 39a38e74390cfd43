import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Launched, launch } from '../../scripts/dist/processes/launch.js';
import { groupsCpuMs } from './usage.ts';

const STOP_TIMEOUT_MS = 15_000;

/** A service did not start, or does not answer as it must. The message holds its last words. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
}

const running = new Set<Launched>();

/** Ends at once whatever was launched and still runs. */
export function killAll(): void {
  for (const launched of running) signalGroup(launched.pid, 'SIGKILL');
}

/** Starts a program in a process group of its own. */
export function launchGroup(options: Parameters<typeof launch>[0]): Launched {
  const launched = launch({ keepStdout: true, ...options });
  running.add(launched);
  void launched.ended.then(() => running.delete(launched));
  return launched;
}

/** Asks every process of the group to end, and ends what is left at the deadline. */
export async function stopGroup(launched: Launched): Promise<void> {
  signalGroup(launched.pid, 'SIGTERM');
  const deadline = setTimeout(() => signalGroup(launched.pid, 'SIGKILL'), STOP_TIMEOUT_MS);
  await launched.ended;
  clearTimeout(deadline);
  // A server's children may outlive it.
  signalGroup(launched.pid, 'SIGKILL');
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (err) {
    if (!(err instanceof Error && 'code' in err && err.code === 'ESRCH')) throw err;
  }
}

/** Waits for the message by which a Node.js process of this project says that it is ready. */
export async function saysReady(launched: Launched): Promise<void> {
  const ended = launched.ended.then((how) => {
    throw new ServiceError(`ended (${how}):\n${launched.tail().join('\n')}`);
  });
  await Promise.race([once(launched.child, 'message'), ended]);
}

/** Waits until `ask` resolves to true. @throws ServiceError when a process ends first, or the deadline passes */
export async function waitUntil(
  ask: () => Promise<boolean>,
  options: { processes: readonly Launched[]; timeoutMs: number; what: string },
): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  while (!(await ask())) {
    const gone = options.processes.find((launched) => !launched.isRunning());
    if (gone) throw new ServiceError(`${options.what} ended:\n${gone.tail().join('\n')}`);
    if (Date.now() > deadline) {
      const words = options.processes.flatMap((launched) => launched.tail()).join('\n');
      throw new ServiceError(`${options.what} did not answer in ${options.timeoutMs / 1000} s\n${words}`);
    }
    await sleep(50);
  }
}

/** Halts process groups, or lets them go on. */
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
    await sleep(QUIET_WINDOW_MS);
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
    await sleep(IDLE_WINDOW_MS);
    const share = (groupsCpuMs(groups) - before) / IDLE_WINDOW_MS;
    if (share <= QUIET_SHARE || Date.now() > deadline) return share;
  }
}
