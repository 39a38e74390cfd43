import { JOB_PICTURES_MAX } from '@inkqueue/shared/contracts/job';
import type { ImageCosts, JobCost, SharedCosts } from './costs.ts';
import type { Processes } from './installation.ts';

const SECOND_US = 1e6;
/** With so many cores or more, Redis has a core of its own; with fewer, Redis shares its core with apis and workers. */
export const OWN_CORE_FROM = 4;

export type Part = 'api' | 'redis' | 'worker' | 'cores';

/** Microseconds of CPU for each picture of a full job. */
const each = ({ perJobUs, perPictureUs }: JobCost) => perJobUs / JOB_PICTURES_MAX + perPictureUs;

/**
 * Most pictures a second that each part could do if all jobs were full and nobody minded waiting (the utilisation law): of each kind of
 * process, and of all cores together.
 */
export function boundsOf(options: {
  cores: number;
  processes: Processes;
  costs: Pick<ImageCosts, 'api' | 'worker' | 'redis'>;
  shared: SharedCosts;
}): Record<Part, number> {
  const { cores, costs, shared } = options;
  const { reader, wakingUs } = shared;
  const { apis, workers } = options.processes;
  const others = apis - 1;
  const apiUs = each(costs.api) + others * each(reader.api);
  // Where Redis is the bound, workers wait for it.
  const redisUs = each(costs.redis) + wakingUs / JOB_PICTURES_MAX + others * each(reader.redis);
  const workerUs = each(costs.worker);
  return {
    api: (SECOND_US * apis) / apiUs,
    redis: SECOND_US / redisUs,
    worker: (SECOND_US * workers) / workerUs,
    cores: (SECOND_US * cores) / (apiUs + redisUs + workerUs),
  };
}

/** The part that sets the least bound. */
export function narrowest(bounds: Record<Part, number>): { part: Part; picturesPerSecond: number } {
  const [part, picturesPerSecond] = Object.entries(bounds).reduce((a, b) => (b[1] < a[1] ? b : a));
  return { part: part as Part, picturesPerSecond };
}

/** All ways to share cores between apis and workers, the ones with the highest bound first; of equal ones those with fewer apis. */
export function splitsOf(options: {
  cores: number;
  costs: Pick<ImageCosts, 'api' | 'worker' | 'redis'>;
  shared: SharedCosts;
}): Processes[] {
  const { cores } = options;
  const left = cores < OWN_CORE_FROM ? cores + 1 : cores - 1;
  const splits = Array.from({ length: left - 1 }, (_, i) => ({ apis: i + 1, workers: left - 1 - i }));
  const bound = (processes: Processes) => narrowest(boundsOf({ ...options, processes })).picturesPerSecond;
  return splits
    .map((processes) => ({ processes, most: bound(processes) }))
    .sort((a, b) => b.most - a.most)
    .map(({ processes }) => processes);
}
