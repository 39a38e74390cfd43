import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

/** The machine and the versions behind the figures, one line each. */
export function describeMachine(loadGenerator: string): string[] {
  const [one] = loadavg();
  return [
    `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
    `Node.js ${process.versions.node}, ${firstLine('redis-server', ['--version'])}, ${firstLine('bench/.venv/bin/python', ['--version'])}`,
    `Peers: ${readFileSync('bench/peers/requirements.txt', 'utf8')
      .match(/^\w.*$/gm)
      ?.join(', ')}`,
    `Load: ${loadGenerator}, on the same cores as all services`,
    `Load average before the start: ${one?.toFixed(2)}`,
    `Revision ${firstLine('git', ['describe', '--always', '--dirty'])}, ${new Date().toISOString().slice(0, 16)}Z`,
  ];
}

function firstLine(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\n')[0]!
      .trim();
  } catch (error) {
    // Not installed, or no repository: only the reader misses the line.
    if (error instanceof Error && ('code' in error || 'status' in error)) return `no ${program}`;
    throw error;
  }
}
