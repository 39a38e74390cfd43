import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { type Launched, launch, signalGroup } from '@inkqueue/scripts/launch';
import { UserError } from '@inkqueue/shared/node/user-error';
import type { Running } from './contender.ts';
import { responds, waitUntil } from './processes.ts';
import { groupsOfTrees } from './usage.ts';

export const PEERS = resolve('bench/peers');
const READY_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 15_000;

/** Creates the peers' Python environments where they are missing. @throws UserError when that fails */
export function preparePeers(): void {
  const { status } = spawnSync('sh', [join(PEERS, 'setup.sh')], { stdio: 'inherit' });
  if (status !== 0) throw new UserError('bench/peers/setup.sh failed; install Python 3.10 to 3.12 with venv');
}

/**
 * Starts a program of a Python environment, beside the peers' code.
 *
 * @param options.venv folder below bench/, by default the environment of most peers
 */
export function python(
  name: string,
  args: readonly string[],
  options: { env?: Record<string, string>; venv?: '.venv' | '.venv-mlserver' } = {},
): Launched {
  const { env, venv = '.venv' } = options;
  return launch({
    name,
    program: resolve('bench', venv, 'bin', name),
    args,
    env: { ...process.env, PYTHONPATH: PEERS, PYTHONDONTWRITEBYTECODE: '1', ...env },
  });
}

/**
 * Waits until a peer responds.
 *
 * @param options.readyPath a path that responds 200 once the peer is ready; without it any response will do
 */
export async function serve(options: {
  port: number;
  processes: readonly Launched[];
  readyPath?: string;
}): Promise<Running> {
  const { port, processes, readyPath } = options;
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    readyPath ? responds(url + readyPath, {}, ({ status }) => status === 200) : responds(url);
  await waitUntil(isReady, {
    processes,
    timeoutMs: READY_TIMEOUT_MS,
    what: processes.map(({ child }) => child.spawnargs.slice(0, 2).join(' ')).join(' and '),
  });
  // BentoML starts each worker in a process group of its own.
  const groups = groupsOfTrees(processes.map(({ pid }) => pid));
  return {
    url,
    groups,
    async stop() {
      await Promise.all(processes.map((launched) => launched.stop(STOP_TIMEOUT_MS)));
      for (const group of groups) signalGroup(group, 'SIGKILL');
    },
  };
}
