import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { Completions } from '../queue/completions.ts';
import { jobCreatedAt } from '../queue/ids.ts';
import { createLatencies, type Latencies } from './latencies.ts';

export const POINT_SECONDS = 5;
const POINT_MS = POINT_SECONDS * 1_000;
const POINTS_KEPT = 60;

interface Stretch {
  /** Which one since 1970, in lengths of a stretch. */
  number: number;
  succeeded: number;
  failed: number;
  latencies: Latencies;
}

/**
 * Counts the ends of predictions as they come out of the event stream, from now on, in stretches of 5 s over the last
 * 5 minutes: in memory of a fixed size, and once for each job, whose pictures were accepted in the same moment.
 *
 * @returns the stretches as they stand, oldest first
 */
export function createActivityPoints(options: {
  completions: Pick<Completions, 'onChange'>;
  /** How many pictures a job has, which the event of its failure does not tell. */
  pictures: (jobId: string) => Promise<number>;
  now?: () => number;
}): () => Activity['points'] {
  const { completions, pictures, now = Date.now } = options;
  const stretches: Stretch[] = [];
  const current = () => Math.floor(now() / POINT_MS);
  const first = current();

  function stretchAt(number: number): Stretch {
    const slot = number % POINTS_KEPT;
    const stretch = stretches[slot] ?? { number, succeeded: 0, failed: 0, latencies: createLatencies() };
    stretches[slot] = stretch;
    if (stretch.number === number) return stretch;
    // It was of another round.
    stretch.latencies.clear();
    return Object.assign(stretch, { number, succeeded: 0, failed: 0 });
  }

  completions.onChange((change) => {
    const { jobId } = change;
    if (change.to === 'completed') {
      const { outcomes } = change.job;
      let failed = 0;
      for (const outcome of outcomes) if ('error' in outcome) failed++;
      return end(jobId, { succeeded: outcomes.length - failed, failed });
    }
    if (change.to !== 'failed') return;
    pictures(jobId).then(
      (failed) => end(jobId, { succeeded: 0, failed }),
      // Redis went meanwhile. There was one at least.
      () => end(jobId, { succeeded: 0, failed: 1 }),
    );
  });

  function end(jobId: string, { succeeded, failed }: { succeeded: number; failed: number }): void {
    const stretch = stretchAt(current());
    stretch.succeeded += succeeded;
    stretch.failed += failed;
    stretch.latencies.add(now() - jobCreatedAt(jobId), succeeded + failed);
  }

  return () => {
    const last = current();
    const points: Activity['points'] = [];
    for (let number = Math.max(first, last - POINTS_KEPT + 1); number <= last; number++) {
      const { succeeded, failed, latencies } = stretchAt(number);
      points.push({
        at: new Date(number * POINT_MS).toISOString(),
        succeeded,
        failed,
        p50_ms: latencies.quantile(0.5),
        p95_ms: latencies.quantile(0.95),
      });
    }
    return points;
  };
}
