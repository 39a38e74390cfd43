import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { Finished } from '../queue/jobs/finished.ts';
import type { Queue } from '../queue/queue.ts';

export const POINT_SECONDS = 5;
const POINT_MS = POINT_SECONDS * 1_000;
const POINTS_KEPT = 60;
/** Latencies above are counted as this one: about 70 minutes. */
const LATENCY_MAX_MS = 2 ** 22;

/** One stretch of time. */
interface Stretch {
  /** Which one since 1970, in lengths of a stretch. */
  number: number;
  succeeded: number;
  failed: number;
  /** Milliseconds from acceptance to the end, plus one: a histogram counts from 1. */
  latencies: RecordableHistogram;
}

/**
 * Counts the ends of predictions as the queue reports them, from now on, in stretches of 5 s over the last 5 minutes, in
 * memory of a fixed size.
 *
 * @returns the stretches as they are, oldest first
 */
export function createActivityPoints(options: {
  queue: Pick<Queue, 'onFinished'>;
  now?: () => number;
}): () => Activity['points'] {
  const { queue, now = () => Date.now() } = options;
  const stretches: Stretch[] = [];
  const current = () => Math.floor(now() / POINT_MS);
  const first = current();

  function stretchAt(number: number): Stretch {
    const slot = number % POINTS_KEPT;
    const stretch = stretches[slot] ?? {
      number,
      succeeded: 0,
      failed: 0,
      latencies: createHistogram({ lowest: 1, highest: LATENCY_MAX_MS, figures: 2 }),
    };
    stretches[slot] = stretch;
    if (stretch.number === number) return stretch;
    // The slot still holds a stretch of five minutes ago.
    stretch.latencies.reset();
    return Object.assign(stretch, { number, succeeded: 0, failed: 0 });
  }

  queue.onFinished(({ acceptedAt, succeeded, failed }: Finished) => {
    const stretch = stretchAt(current());
    stretch.succeeded += succeeded;
    stretch.failed += failed;
    const latency = Math.min(Math.max(0, Math.round(now() - acceptedAt)) + 1, LATENCY_MAX_MS);
    for (let i = 0; i < succeeded + failed; i++) stretch.latencies.record(latency);
  });

  return () => {
    const last = current();
    const points: Activity['points'] = [];
    for (let number = Math.max(first, last - POINTS_KEPT + 1); number <= last; number++) {
      const { succeeded, failed, latencies } = stretchAt(number);
      points.push({
        at: new Date(number * POINT_MS).toISOString(),
        succeeded,
        failed,
        p50_ms: percentile(latencies, 50),
        p95_ms: percentile(latencies, 95),
      });
    }
    return points;
  };
}

function percentile(latencies: RecordableHistogram, share: number): number | null {
  return latencies.count === 0 ? null : latencies.percentile(share) - 1;
}
