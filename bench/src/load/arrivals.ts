import { createRandom } from '../random.ts';

/**
 * When the requests of many independent clients are due, in milliseconds from the start: a Poisson process of which it is
 * known how many requests come, so that the rate is exact. The times are uniform over the duration then.
 *
 * @param options.rate requests a second
 * @param options.seed the same seed gives the same times
 */
export function poissonArrivals(options: { rate: number; seconds: number; seed: number }): Float64Array {
  const random = createRandom(options.seed);
  const times = new Float64Array(Math.max(1, Math.round(options.rate * options.seconds)));
  for (let i = 0; i < times.length; i++) times[i] = random.next() * options.seconds * 1_000;
  return times.sort();
}
