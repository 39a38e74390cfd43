import type { Activity } from '@inkqueue/shared/contracts/activity';

/** The points of the last minutes, summed up. */
export interface ActivityFigures {
  succeeded: number;
  failed: number;
  /** Predictions per second in each point; in the last one, per second that has passed. */
  rates: readonly number[];
  /** Predictions per second right now. */
  rateNow: number;
  /** The newest point that has times; null when no point has. */
  latest: { p50_ms: number; p95_ms: number } | null;
}

/** A rate over less time than this is chance. */
const RATE_MIN_S = 1;
/** What happened in about the last second is not counted yet. */
const LATE_S = 1;

/** For how many seconds until `at` there are counts, from `start` on. */
export function secondsCounted(at: string, start: string): number {
  return Math.max(RATE_MIN_S, (Date.parse(at) - Date.parse(start)) / 1000 - LATE_S);
}

export function figuresOf({ at, points, point_seconds }: Activity): ActivityFigures {
  const ended = (point: (typeof points)[number]) => point.succeeded + point.failed;
  const rateFrom = (first: number) => {
    const counted = points.slice(first);
    const start = counted[0];
    if (!start) return 0;
    return counted.reduce((sum, point) => sum + ended(point), 0) / secondsCounted(at, start.at);
  };
  const last = points.length - 1;
  const timed = points.findLast(({ p50_ms, p95_ms }) => p50_ms !== null && p95_ms !== null);
  return {
    succeeded: points.reduce((sum, { succeeded }) => sum + succeeded, 0),
    failed: points.reduce((sum, { failed }) => sum + failed, 0),
    rates: points.map((point, index) => (index === last ? rateFrom(last) : ended(point) / point_seconds)),
    rateNow: rateFrom(Math.max(0, last - 1)),
    latest: timed ? { p50_ms: timed.p50_ms!, p95_ms: timed.p95_ms! } : null,
  };
}
