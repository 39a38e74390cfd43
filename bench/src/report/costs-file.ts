import { writeFileSync } from 'node:fs';
import { describeMachine } from '@inkqueue/scripts/machine';
import type { ProcessPoint } from '../measure/processes.ts';
import { fitRedis, type RedisPoint } from '../redis/alone.ts';
import { COSTS_FILE, type Costs, type ImageCosts, type JobCost } from '../simulation/costs.ts';

const DECIMALS = 2;

/** Writes the measured costs to the file from which `npm run simulate` reads them. */
export function writeCosts(measured: {
  redis: readonly RedisPoint[];
  processes: readonly ProcessPoint[];
}): void {
  const redis = fitRedis(measured.redis);
  const costsOf = (image: keyof Costs['images']): ImageCosts => {
    const points = measured.processes.filter((point) => point.image === image);
    return {
      api: fitJobCost(points, 'api'),
      worker: fitJobCost(points, 'worker'),
      redis: redis.job[image],
      client: { perJobUs: 0, perPictureUs: points.at(-1)?.cpuUs.client ?? 0 },
      measured: points.map(({ connections, picturesPerSecond, picturesPerJob, p50, p99, foreign }) => ({
        connections,
        picturesPerSecond,
        picturesPerJob,
        p50,
        p99,
        foreign,
      })),
    };
  };
  const { cores, redis: version, revision, time } = describeMachine();
  const costs: Costs = {
    setting: [cores, `Node.js ${process.versions.node}, ${version}`, `Revision ${revision}, ${time}`],
    wakingUs: redis.wakingUs,
    reader: { redis: redis.reader, api: redis.readingApi },
    images: { '28': costsOf('28'), '280': costsOf('280') },
  };
  const text = JSON.stringify(costs, (_, value) => (typeof value === 'number' ? rounded(value) : value), 2);
  writeFileSync(COSTS_FILE, `${text}\n`);
}

const rounded = (value: number) => Number(value.toFixed(DECIMALS));

/**
 * The part for each job and the part for each picture that fit the cost of a picture in jobs of several sizes best (least
 * squares); neither is below zero.
 */
export function fitJobCost(
  points: readonly Pick<ProcessPoint, 'picturesPerJob' | 'cpuUs'>[],
  process: 'api' | 'worker',
): JobCost {
  // A picture in a job of n costs perPicture + perJob ÷ n: a line over 1 ÷ n.
  const xs = points.map(({ picturesPerJob }) => 1 / picturesPerJob);
  const ys = points.map(({ cpuUs }) => cpuUs[process]);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  const slope =
    xs.reduce((sum, each, i) => sum + (each - x) * (ys[i]! - y), 0) /
    xs.reduce((sum, each) => sum + (each - x) ** 2, 0);
  const perJobUs = Math.min(Math.max(0, slope), y / x);
  return { perJobUs, perPictureUs: y - perJobUs * x };
}
