import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

/** What stands behind figures that were measured here, as texts. */
export function describeMachine() {
  const [load = 0] = loadavg();
  return {
    cores: `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
    load: load.toFixed(2),
    revision: firstLine('git', ['describe', '--always', '--dirty']),
    redis: firstLine('redis-server', ['--version']).split(' sha=')[0] ?? '',
    time: `${new Date().toISOString().slice(0, 16)}Z`,
  };
}

/** The first line that a program prints. */
export function firstLine(program: string, args: readonly string[]): string {
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
