import { availableParallelism } from 'node:os';
import { Redis } from 'ioredis';
import type { LoadGenerator } from '../load/generator.ts';
import type { Image, ImageName } from '../load/images.ts';
import { singleUpload } from '../load/multipart.ts';
import { type InkqueueStack, startInkqueue } from '../stack/inkqueue.ts';
import { settle } from '../stack/processes.ts';
import { machineCpuMs, ownCpuMs, threadsCpuMs } from '../stack/usage.ts';
import { jobsReleased, readCommandStats, redisCpuMs } from './redis-stats.ts';

/** One load on the whole service: CPU in microseconds for each picture, by process. */
export interface ProcessPoint {
  image: ImageName;
  connections: number;
  picturesPerSecond: number;
  picturesPerJob: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Of all workers together, and of what sends the requests. */
  cpuUs: { api: number; worker: number; redis: number; client: number };
  /** Share of the machine's CPU that other programs used: noise. */
  foreign: number;
}

/** From hardly shared jobs to full ones. */
const CONNECTIONS = [8, 32, 128];
const WARM_UP_S = 6;

/** What each process of the service costs, without a profiler, by the number of requests in flight. */
export async function measureProcesses(options: {
  images: Partial<Record<ImageName, Image>>;
  seconds: number;
  generator: LoadGenerator;
  progress: (line: string) => void;
}): Promise<ProcessPoint[]> {
  const { seconds, generator, progress } = options;
  const stack = await startInkqueue({});
  const redis = new Redis(stack.redisUrl);
  const points: ProcessPoint[] = [];
  for (const [image, picture] of Object.entries(options.images) as [ImageName, Image][]) {
    const load = { url: `${stack.url}/predict`, upload: singleUpload(picture) };
    await generator.run({ ...load, connections: 32, seconds: WARM_UP_S });
    for (const connections of CONNECTIONS) {
      await settle(stack.groups);
      const before = await readUsage(stack, redis);
      const { answered, p50, p99, ...result } = await generator.run({ ...load, connections, seconds });
      const loaded = readLoaded();
      await settle(stack.groups);
      const after = await readUsage(stack, redis);
      // The processes also worked on the requests that the end of the load cut off.
      const pictures = answered + connections;
      const us = (what: 'apiMs' | 'workerMs' | 'redisMs') => (1000 * (after[what] - before[what])) / pictures;
      const ownMs = loaded.ownMs - before.ownMs;
      const usedMs = (pictures / 1000) * (us('apiMs') + us('workerMs') + us('redisMs'));
      points.push({
        image,
        connections,
        picturesPerSecond: answered / result.seconds,
        picturesPerJob: pictures / (after.jobs - before.jobs),
        p50,
        p99,
        cpuUs: {
          api: us('apiMs'),
          worker: us('workerMs'),
          redis: us('redisMs'),
          client: (1000 * ownMs) / pictures,
        },
        foreign: Math.max(
          0,
          (loaded.machineMs - before.machineMs - usedMs - ownMs) /
            ((loaded.at - before.at) * availableParallelism()),
        ),
      });
      progress(describe(points.at(-1)!));
    }
  }
  redis.disconnect();
  await stack.stop();
  return points;
}

const readLoaded = () => ({ at: performance.now(), machineMs: machineCpuMs(), ownMs: ownCpuMs() });

async function readUsage(stack: InkqueueStack, redis: Redis) {
  return {
    jobs: jobsReleased(await readCommandStats(redis)),
    apiMs: threadsCpuMs(stack.apiPid).all,
    workerMs: stack.workerPids.reduce((sum, pid) => sum + threadsCpuMs(pid).all, 0),
    redisMs: await redisCpuMs(redis),
    ...readLoaded(),
  };
}

function describe({ image, connections, cpuUs, ...point }: ProcessPoint): string {
  const { api, worker, redis } = cpuUs;
  return `${image} × ${connections}: ${point.picturesPerSecond.toFixed(0)}/s, ${point.picturesPerJob.toFixed(1)} pictures in a job, api ${api.toFixed(0)}, workers ${worker.toFixed(0)}, Redis ${redis.toFixed(0)} µs; others used ${(100 * point.foreign).toFixed(0)} % of the machine`;
}
