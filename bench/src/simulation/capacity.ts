import { boundsOf, narrowest, OWN_CORE_FROM, type Part, splitsOf } from './bounds.ts';
import type { ImageCosts, SharedCosts } from './costs.ts';
import type { Processes } from './installation.ts';
import { type Simulated, simulate } from './simulate.ts';

/** What a client still finds quick. */
export const P99_MAX_MS = 50;
/** Pictures in one simulation: enough that a hundredth of them says something. */
const PICTURES = 30_000;
const SECONDS_MIN = 2;
const SECONDS_MAX = 30;
/** The search ends at a rate this close to the next one that is too much. */
const PRECISION = 0.02;
/**
 * Numbers of apis that are simulated, as shares of the one with the highest bound, and the least: fewer of them fill their jobs more, and
 * read fewer events of each other.
 */
const SHARES = [1, 0.75, 0.5];
const FEW = [1, 2, 3];
/** A service that keeps up reads what comes, but for chance. */
const KEEPS_UP = 0.97;

export interface Capacity {
  processes: Processes;
  /** At the highest rate with p99 within bounds. */
  at: Simulated;
  /** The busiest kind of process; all cores together, where the processes share them. */
  first: Part;
}

/** The highest rate of pictures that come independently of each other at which 99 of 100 have their result within P99_MAX_MS. */
export function findCapacity(options: { cores: number; costs: ImageCosts; shared: SharedCosts }): Capacity {
  const splits = splitsOf(options);
  const [best] = splits;
  if (!best) throw new Error(`${options.cores} cores are too few for an api and a worker`);
  const apis = new Set([...FEW, ...SHARES.map((share) => Math.round(share * best.apis))]);
  return splits
    .filter((split) => apis.has(split.apis))
    .map((processes) => capacityOf({ ...options, processes }))
    .reduce((a, b) => (b.at.picturesPerSecond > a.at.picturesPerSecond ? b : a));
}

function capacityOf(options: {
  cores: number;
  costs: ImageCosts;
  shared: SharedCosts;
  processes: Processes;
}): Capacity {
  const { picturesPerSecond: bound } = narrowest(boundsOf(options));
  const run = (picturesPerSecond: number) =>
    simulate({
      ...options,
      clients: { picturesPerSecond },
      seconds: Math.min(Math.max(PICTURES / picturesPerSecond, SECONDS_MIN), SECONDS_MAX),
    });
  let low = 0;
  let high = bound;
  let at: Simulated | null = null;
  while (high - low > PRECISION * bound) {
    const rate = (low + high) / 2;
    const simulated = run(rate);
    const isEnough = simulated.p99 <= P99_MAX_MS && simulated.picturesPerSecond >= KEEPS_UP * rate;
    if (isEnough) at = simulated;
    if (isEnough) low = rate;
    else high = rate;
  }
  const reached = at ?? run(PRECISION * bound);
  const first = options.cores < OWN_CORE_FROM ? 'cores' : busiest(reached.busy);
  return { processes: options.processes, at: reached, first };
}

function busiest(busy: Simulated['busy']): keyof Simulated['busy'] {
  if (busy.redis >= Math.max(busy.api, busy.worker)) return 'redis';
  return busy.api >= busy.worker ? 'api' : 'worker';
}

/** From how many cores on one Redis is the bound, if all jobs are full; null where that is beyond `most`. */
export function redisBoundFrom(
  options: { costs: ImageCosts; shared: SharedCosts },
  most: number,
): number | null {
  const isRedis = (cores: number) => {
    const [processes] = splitsOf({ ...options, cores });
    return processes && narrowest(boundsOf({ ...options, cores, processes })).part === 'redis';
  };
  if (!isRedis(most)) return null;
  let [low, high] = [1, most];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isRedis(middle)) high = middle;
    else low = middle;
  }
  return high;
}
