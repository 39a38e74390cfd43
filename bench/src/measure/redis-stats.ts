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
  const info = await redis.info('cpu');
  const seconds = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1]);
  return 1000 * (seconds('used_cpu_user') + seconds('used_cpu_sys'));
}
