import { execFileSync } from 'node:child_process';
import { type Soaked, soak } from './soak.ts';

/** How a worker may get its memory: what the environment says. */
function settings(): Record<string, NodeJS.ProcessEnv> {
  const jemalloc = findJemalloc();
  return {
    'glibc, MALLOC_ARENA_MAX=2 (as shipped)': { MALLOC_ARENA_MAX: '2' },
    'glibc, unset': { MALLOC_ARENA_MAX: undefined },
    ...(jemalloc && { 'jemalloc (LD_PRELOAD)': { MALLOC_ARENA_MAX: undefined, LD_PRELOAD: jemalloc } }),
  };
}

/** Where Debian's libjemalloc2 lies; null where it is not installed. */
function findJemalloc(): string | null {
  const known = execFileSync('ldconfig', ['-p'], { encoding: 'utf8' });
  return /libjemalloc\.so\.2 .*=> (\S+)/.exec(known)?.[1] ?? null;
}

/** The same load for each setting, one after the other. */
export async function compareAllocators(
  options: { minutes: number; rate: number; seed: number },
  say: (line: string) => void,
): Promise<{ name: string; soaked: Soaked }[]> {
  const all: { name: string; soaked: Soaked }[] = [];
  for (const [name, workerEnv] of Object.entries(settings())) {
    say(name);
    all.push({ name, soaked: await soak({ ...options, workerEnv }) });
  }
  return all;
}
