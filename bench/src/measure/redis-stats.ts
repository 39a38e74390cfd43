import type { Redis } from 'ioredis';

export interface CommandStat {
  name: string;
  calls: number;
  /** Time inside the command; a script's commands count for themselves and again for the script. */
  microseconds: number;
}

/** Commands that Redis has run since its start. */
export async function readCommandStats(redis: Redis): Promise<CommandStat[]> {
  const info = await redis.info('commandstats');
  return [...info.matchAll(/^cmdstat_(\S+?):calls=(\d+),usec=(\d+)/gm)].map(([, name, calls, usec]) => ({
    name: name ?? '',
    calls: Number(calls),
    microseconds: Number(usec),
  }));
}

/** CPU time of Redis since its start, in milliseconds, its system calls included. */
export async function redisCpuMs(redis: Redis): Promise<number> {
  return (await readRedisCpu(redis)).all;
}

/** The same, and that of the one thread that runs every command; the other threads flush the log and free memory. */
export async function readRedisCpu(redis: Redis): Promise<{ main: number; all: number }> {
  const info = await redis.info('cpu');
  const seconds = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1]);
  const ms = (suffix: string) =>
    1000 * (seconds(`used_cpu_user${suffix}`) + seconds(`used_cpu_sys${suffix}`));
  return { main: ms('_main_thread'), all: ms('') };
}

/** Jobs whose images have left the books: the release of a job is all that counts down, once for each of the two sums. */
export function jobsReleased(commands: readonly CommandStat[]): number {
  return (commands.find(({ name }) => name === 'decrby')?.calls ?? 0) / 2;
}
