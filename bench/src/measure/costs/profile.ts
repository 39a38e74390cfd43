import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import type { LoadGenerator } from '../../load/generator.ts';
import type { Image as Picture } from '../../load/images.ts';
import { singleUpload } from '../../load/multipart.ts';
import { type InkqueueStack, startInkqueue } from '../../stack/inkqueue.ts';
import { settle, waitUntil } from '../../stack/processes.ts';
import { threadsCpuMs } from '../../stack/usage.ts';
import { type CommandStat, readCommandStats, redisCpuMs } from '../redis-stats.ts';
import { cpuProfile, type Role, timeByStage } from './stages.ts';

/** What one prediction costs, in microseconds of CPU. */
export interface Cost {
  picture: string;
  /** On the main thread of the api, and on those of all workers together, by stage. */
  stages: Record<Role, Map<string, number>>;
  /** On the other threads of these processes: decoding by sharp, garbage collection, compilation. */
  otherThreads: Record<Role, number>;
  redis: { total: number; commands: CommandStat[] };
}

const CONNECTIONS = 32;
const WARM_UP_S = 4;

/** Profiles the api, the workers and Redis while a load of 32 connections runs. */
export async function measureCosts(options: {
  pictures: readonly Picture[];
  seconds: number;
  generator: LoadGenerator;
}): Promise<Cost[]> {
  const { pictures, seconds, generator } = options;
  const dir = mkdtempSync(join(tmpdir(), 'inkqueue-bench-profile-'));
  const preload = fileURLToPath(new URL('profiler.js', import.meta.url));
  const stack = await startInkqueue({
    preload: { api: preload, worker: preload },
    apiEnv: { BENCH_PROFILE_DIR: dir },
    workerEnv: { BENCH_PROFILE_DIR: dir },
  });
  const redis = new Redis(stack.redisUrl);
  const costs: Cost[] = [];
  for (const picture of pictures) {
    const load = { url: `${stack.url}/predict`, upload: singleUpload(picture), connections: CONNECTIONS };
    // Compilation is not a cost of a prediction.
    await generator.run({ ...load, seconds: WARM_UP_S });
    await settle(stack.groups);
    toggleProfiles(stack);
    const before = await readUsage(stack, redis);
    const result = await generator.run({ ...load, seconds });
    await settle(stack.groups);
    // The processes also worked on the requests that the end of the load cut off.
    const answered = result.answered + CONNECTIONS;
    const after = await readUsage(stack, redis);
    const mainThreadUs = (pid: number) =>
      (1000 * ((after.mainThreadMs.get(pid) ?? 0) - (before.mainThreadMs.get(pid) ?? 0))) / answered;
    const stages = await collectProfiles(stack, dir, mainThreadUs);
    costs.push({ picture: picture.title, stages, ...perPrediction(before, after, answered) });
  }
  redis.disconnect();
  await stack.stop();
  rmSync(dir, { recursive: true, force: true });
  return costs;
}

const processesOf = (stack: InkqueueStack): [Role, number][] => [
  ['api', stack.apiPid],
  ...stack.workerPids.map((pid): [Role, number] => ['worker', pid]),
];

function toggleProfiles(stack: InkqueueStack): void {
  for (const [, pid] of processesOf(stack)) process.kill(pid, 'SIGUSR2');
}

/**
 * Ends the profiles and shares out each main thread's CPU time in their proportions. (A profile samples the clock: it also
 * counts the time in which a thread waits for a core.)
 */
async function collectProfiles(
  stack: InkqueueStack,
  dir: string,
  mainThreadUs: (pid: number) => number,
): Promise<Cost['stages']> {
  toggleProfiles(stack);
  const stages: Cost['stages'] = { api: new Map(), worker: new Map() };
  for (const [role, pid] of processesOf(stack)) {
    const path = join(dir, `${pid}.cpuprofile`);
    await waitUntil(async () => existsSync(path), {
      processes: [],
      timeoutMs: 30_000,
      what: `profile of ${role}`,
    });
    const times = timeByStage(cpuProfile.parse(JSON.parse(readFileSync(path, 'utf8'))), role);
    const sampled = [...times.values()].reduce((sum, time) => sum + time, 0);
    for (const [stage, time] of times) {
      stages[role].set(stage, (stages[role].get(stage) ?? 0) + (time / sampled) * mainThreadUs(pid));
    }
    rmSync(path);
  }
  return stages;
}

interface Usage {
  /** By process id. */
  mainThreadMs: Map<number, number>;
  otherThreadsMs: Record<Role, number>;
  redisMs: number;
  commands: CommandStat[];
}

async function readUsage(stack: InkqueueStack, redis: Redis): Promise<Usage> {
  const otherThreadsMs = { api: 0, worker: 0 };
  const mainThreadMs = new Map<number, number>();
  for (const [role, pid] of processesOf(stack)) {
    const { main, all } = threadsCpuMs(pid);
    otherThreadsMs[role] += all - main;
    mainThreadMs.set(pid, main);
  }
  return {
    mainThreadMs,
    otherThreadsMs,
    redisMs: await redisCpuMs(redis),
    commands: await readCommandStats(redis),
  };
}

function perPrediction(before: Usage, after: Usage, answered: number): Pick<Cost, 'otherThreads' | 'redis'> {
  const us = (milliseconds: number) => (1000 * milliseconds) / answered;
  const earlier = new Map(before.commands.map((command) => [command.name, command]));
  const commands = after.commands
    .map(({ name, calls, microseconds }) => ({
      name,
      calls: (calls - (earlier.get(name)?.calls ?? 0)) / answered,
      microseconds: (microseconds - (earlier.get(name)?.microseconds ?? 0)) / answered,
    }))
    .filter(({ microseconds }) => microseconds >= 0.1)
    .sort((a, b) => b.microseconds - a.microseconds);
  return {
    otherThreads: {
      api: us(after.otherThreadsMs.api - before.otherThreadsMs.api),
      worker: us(after.otherThreadsMs.worker - before.otherThreadsMs.worker),
    },
    redis: { total: us(after.redisMs - before.redisMs), commands },
  };
}
