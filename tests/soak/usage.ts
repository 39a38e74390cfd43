import { readdirSync, readFileSync } from 'node:fs';

/** What a process uses, from /proc: bytes of resident memory now and at the most, and open descriptors. */
export interface Usage {
  rss: number;
  peak: number;
  descriptors: number;
}

/** Null for a process that has ended. Linux only. */
export function usageOf(pid: number): Usage | null {
  const status = read(`/proc/${pid}/status`);
  const descriptors = list(`/proc/${pid}/fd`);
  if (!status || !descriptors) return null;
  const bytes = (name: string) =>
    1_024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  return { rss: bytes('VmRSS'), peak: bytes('VmHWM'), descriptors: descriptors.length };
}

/** The processes that a process has started, and those that they have. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of list('/proc') ?? []) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    // The program's name stands in parentheses and may hold spaces.
    if (stat) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const found = [pid];
  for (const one of found) for (const [child, parent] of parents) if (parent === one) found.push(child);
  return found.slice(1);
}

function read(path: string): string | null {
  return unlessGone(() => readFileSync(path, 'utf8'));
}

function list(path: string): string[] | null {
  return unlessGone(() => readdirSync(path));
}

function unlessGone<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return null;
    throw error;
  }
}
