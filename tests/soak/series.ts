import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import type { Redis } from 'ioredis';
import { lineThrough, type Sample } from './flat.ts';
import { descendantsOf, usageOf } from './usage.ts';

const SAMPLE_MS = 3_000;
/** Caches fill, code is compiled, and the first results run out of their time. */
const WARM_UP_SHARE = 1 / 3;

/** Growth that is called none: over the time measured, this share of the median and so much on top. */
const BOUNDS: Record<string, { share: number; plus: number }> = {
  'api memory': { share: 0.1, plus: 0 },
  'worker memory': { share: 0.1, plus: 0 },
  'api descriptors': { share: 0, plus: 4 },
  'worker descriptors': { share: 0, plus: 4 },
  'worker processes': { share: 0, plus: 1 },
  'Redis memory, events aside': { share: 0.1, plus: 1_000_000 },
  'Redis events': { share: 0, plus: 50_000 },
  // As many more as half of what 30 s of results are: a machine that gets faster meanwhile keeps more.
  'Redis keys': { share: 0.1, plus: 300 },
};
export const BOUNDS_IN_WORDS =
  'Flat: the line through all samples after the warm-up (Theil–Sen) rises over that time by at most 10 % of the median, and 1 MB or 300 keys on top in Redis; by at most 4 descriptors and 1 process. The queue keeps 50,000 events, which are counted apart.';

export interface Line {
  name: string;
  first: number;
  middle: number;
  most: number;
  growth: number;
  growthMax: number;
}

/** Watches processes and Redis every few seconds. */
export function startSeries(options: { api: number; worker: number; redis: Redis; prefix: string }) {
  const { api, worker, redis } = options;
  const events = `${options.prefix}:${QUEUE_NAME}:events`;
  const series = new Map<string, Sample[]>(Object.keys(BOUNDS).map((name) => [name, []]));
  let isOver = false;
  let running: Promise<void> = Promise.resolve();

  async function sample(): Promise<void> {
    const at = performance.now();
    const note = (name: string, value: number | undefined) =>
      value !== undefined && series.get(name)?.push({ at, value });
    const [ofApi, ofWorker] = [usageOf(api), usageOf(worker)];
    note('api memory', ofApi?.rss);
    note('api descriptors', ofApi?.descriptors);
    note('worker memory', ofWorker?.rss);
    note('worker descriptors', ofWorker?.descriptors);
    note('worker processes', 1 + descendantsOf(worker).length);
    const [memory, keys, ofEvents, count] = await Promise.all([
      redis.info('memory'),
      redis.dbsize(),
      redis.memory('USAGE', events, 'SAMPLES', 0),
      redis.xlen(events),
    ]);
    note('Redis memory, events aside', Number(/used_memory:(\d+)/.exec(memory)?.[1]) - (ofEvents ?? 0));
    note('Redis events', count);
    note('Redis keys', keys);
  }
  const timer = setInterval(() => {
    if (!isOver) running = running.then(sample);
  }, SAMPLE_MS);

  return {
    async end(): Promise<Line[]> {
      isOver = true;
      clearInterval(timer);
      await running;
      return [...series].map(([name, samples]) => {
        const settled = samples.slice(Math.floor(samples.length * WARM_UP_SHARE));
        const { middle, growth } = lineThrough(settled);
        const { share = 0, plus = 0 } = BOUNDS[name] ?? {};
        const most = Math.max(...samples.map(({ value }) => value));
        return {
          name,
          first: samples[0]?.value ?? 0,
          middle,
          most,
          growth,
          growthMax: share * middle + plus,
        };
      });
    },
  };
}
