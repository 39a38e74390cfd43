import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in ticks of a hundredth of a second. */
const TICK_MS = 10;

interface ProcessStat {
  pid: number;
  parent: number;
  group: number;
  cpuMs: number;
}

function readStat(pid: string): ProcessStat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in parentheses and may hold spaces.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return {
      pid: Number(pid),
      parent: Number(fields[1]),
      group: Number(fields[2]),
      cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
    };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
}

const readAllStats = (): ProcessStat[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readStat(pid) ?? []);

/** CPU time that the living processes of these process groups have used, in milliseconds. */
export function groupsCpuMs(groups: readonly number[]): number {
  return readAllStats()
    .filter(({ group }) => groups.includes(group))
    .reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** The process groups of processes and of all that descend from them. */
export function groupsOfTrees(roots: readonly number[]): number[] {
  const stats = readAllStats();
  const below = (pid: number): ProcessStat[] =>
    stats.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)]);
  return [...new Set([...roots, ...roots.flatMap(below).map(({ group }) => group)])];
}

/** CPU time of one process in milliseconds: of its main thread, and of all its threads together. */
export function threadsCpuMs(pid: number): { main: number; all: number } {
  const main = readStat(`${pid}/task/${pid}`)?.cpuMs ?? 0;
  return { main, all: readStat(String(pid))?.cpuMs ?? 0 };
}

/** CPU time of this process and of the children it has waited for, in milliseconds. */
export function ownCpuMs(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ');
  return [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0) * TICK_MS;
}

/** CPU time that all programs of the machine have used, with the time that the hypervisor took away, in milliseconds. */
export function machineCpuMs(): number {
  const [user, nice, system, , , , , steal] = readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user! + nice! + system! + (steal ?? 0)) * TICK_MS;
}

/** Resident memory of a process in MB: now, and at its highest. */
export function residentMb(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const value = (name: string) =>
    (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6;
  return { now: value('VmRSS'), peak: value('VmHWM') };
}
