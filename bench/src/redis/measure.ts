import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { jobsReleased, readCommandStats, readRedisCpu } from '../measure/redis-stats.ts';
import { groupsCpuMs, machineCpuMs, ownCpuMs, threadsCpuMs } from '../stack/usage.ts';
import { type QueueLoad, startQueue } from './stack.ts';

/** Compilation is not a cost of a job: each process has to see enough of them. */
const WARM_UP_MS = 4_000;

/** What one Redis did under one load. */
export interface RedisSample extends Omit<QueueLoad, 'image'> {
  jobsPerSecond: number;
  /** CPU of the thread that runs Redis's commands, in microseconds for each job. */
  cpuUs: number;
  /** CPU of one api that reads the events of jobs which others submitted, in microseconds for each job; null without such an api. */
  readerCpuUs: number | null;
  /** Share of the machine's CPU that other programs used: noise. */
  foreign: number;
}

/** Measures Redis under jobs that cost their clients as little as can be. */
export async function measureRedis(load: QueueLoad, seconds: number): Promise<RedisSample> {
  const stack = await startQueue(load);
  const redis = new Redis(stack.redisUrl);
  try {
    await delay(WARM_UP_MS);
    const before = await read();
    await delay(1000 * seconds);
    const after = await read();
    stack.check();
    const since = (what: keyof typeof before) => after[what] - before[what];
    const jobs = since('jobs');
    const readers = stack.readerPids.length;
    const { image: _, ...rest } = load;
    return {
      ...rest,
      jobsPerSecond: (1000 * jobs) / since('at'),
      cpuUs: (1000 * since('redisMs')) / jobs,
      readerCpuUs: readers === 0 ? null : (1000 * since('readersMs')) / readers / jobs,
      foreign: Math.max(
        0,
        (since('machineMs') - since('groupsMs') - since('ownMs')) / (since('at') * availableParallelism()),
      ),
    };
  } finally {
    redis.disconnect();
    await stack.stop();
  }

  async function read() {
    const [cpu, commands] = await Promise.all([readRedisCpu(redis), readCommandStats(redis)]);
    return {
      at: performance.now(),
      jobs: jobsReleased(commands),
      redisMs: cpu.main,
      readersMs: stack.readerPids.reduce((sum, pid) => sum + threadsCpuMs(pid).all, 0),
      groupsMs: groupsCpuMs(stack.groups),
      machineMs: machineCpuMs(),
      ownMs: ownCpuMs(),
    };
  }
}
