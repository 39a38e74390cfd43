import type { Image, ImageName } from '../load/images.ts';
import type { JobCost } from '../simulation/costs.ts';
import { measureRedis, type RedisSample } from './measure.ts';
import type { QueueLoad } from './stack.ts';

export type AloneImage = Exclude<ImageName, 'phone'>;

/** One load on one Redis, and what it measured. */
export interface RedisPoint extends RedisSample {
  name: string;
  image: AloneImage;
}

type Load = Omit<QueueLoad, 'image'> & { name: string; image: AloneImage };

/** More than two workers hold: there is always a next one to take. */
const JOBS = 16;
const FEW_WORKERS = 2;
/** More than there are jobs: each job wakes a worker. */
const MANY_WORKERS = 16;
const FULL = 32;
/** Readers beside the one that submits. */
const MORE_READERS = 8;
const HELD = 0.2;

const one = {
  image: '28',
  picturesPerJob: 1,
  jobs: JOBS,
  workers: FEW_WORKERS,
  readers: 1,
  fsync: 'everysec',
  share: 1,
} as const;
const full = { ...one, picturesPerJob: FULL };

/** Each load by the name that the fit calls it. */
const LOADS = {
  one,
  full,
  fullCanvas: { ...full, image: '280' },
  oneWoken: { ...one, workers: MANY_WORKERS },
  oneAlone: { ...one, jobs: 1 },
  oneRead: { ...one, readers: 1 + MORE_READERS },
  fullRead: { ...full, readers: 1 + MORE_READERS },
  oneHeld: { ...one, share: HELD },
  fullHeld: { ...full, share: HELD },
  oneFlushed: { ...one, fsync: 'always' },
  fullFlushed: { ...full, fsync: 'always' },
} as const satisfies Record<string, Omit<Load, 'name'>>;

export type LoadName = keyof typeof LOADS;

/** One Redis under each load in turn. */
export async function measureRedisAlone(options: {
  images: Record<AloneImage, Image>;
  seconds: number;
  progress: (line: string) => void;
}): Promise<RedisPoint[]> {
  const points: RedisPoint[] = [];
  for (const [name, load] of Object.entries(LOADS)) {
    const { bytes } = options.images[load.image];
    const sample = await measureRedis({ ...load, image: bytes }, options.seconds);
    points.push({ ...sample, name, image: load.image });
    options.progress(
      `Redis, ${name}: ${sample.jobsPerSecond.toFixed(0)} jobs/s, ${sample.cpuUs.toFixed(0)} µs each, others used ${(100 * sample.foreign).toFixed(0)} % of the machine`,
    );
  }
  return points;
}

/** The cost of a job by its pictures, of a job of one picture and of a full one. */
function lineThrough(oneUs: number, fullUs: number): JobCost {
  const perPictureUs = Math.max(0, (fullUs - oneUs) / (FULL - 1));
  return { perJobUs: Math.max(0, oneUs - perPictureUs), perPictureUs };
}

/** What jobs cost one Redis and the apis that read of them. */
export function fitRedis(points: readonly RedisPoint[]) {
  const point = (name: LoadName) => {
    const found = points.find((each) => each.name === name);
    if (!found) throw new Error(`${name} was not measured`);
    return found;
  };
  const cpu = (name: LoadName) => point(name).cpuUs;
  const more = (read: LoadName, alone: LoadName) => (cpu(read) - cpu(alone)) / MORE_READERS;
  const job = lineThrough(cpu('one'), cpu('full'));
  const canvas = { ...job, perPictureUs: (cpu('fullCanvas') - job.perJobUs) / FULL };
  const readerCpu = (name: LoadName) => point(name).readerCpuUs ?? 0;
  return {
    /** Of Redis, with one api, by image. */
    job: { '28': job, '280': canvas },
    /** Of Redis, for each job that wakes an idle worker, in microseconds. */
    wakingUs: Math.max(0, cpu('oneWoken') - cpu('one')),
    /** Of Redis, for each further api. */
    reader: lineThrough(more('oneRead', 'one'), more('fullRead', 'full')),
    /** Of each api, for a job that another api submitted. */
    readingApi: lineThrough(readerCpu('oneRead'), readerCpu('fullRead')),
  };
}
