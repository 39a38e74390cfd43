import type { Activity } from '@inkqueue/shared/contracts/activity';

/** What the last minutes' points say in few numbers. */
export interface Figures {
  minutes: number;
  succeeded: number;
  failed: number;
  /** Pictures each second in each point; the last one by the part of it that has passed. */
  rates: readonly number[];
  /** Pictures each second just now. */
  rateNow: number;
  /** The newest point that has times; null where none has. */
  latest: { p50_ms: number; p95_ms: number } | null;
}

/** A rate over less than this tells of chance. */
const SHORTEST_S = 1;

export function figuresOf({ at, points, point_seconds }: Activity): Figures {
  const ended = (point: (typeof points)[number]) => point.succeeded + point.failed;
  const rateFrom = (first: number) => {
    const counted = points.slice(first);
    const start = counted[0];
    if (!start) return 0;
    const seconds = (Date.parse(at) - Date.parse(start.at)) / 1000;
    return counted.reduce((sum, point) => sum + ended(point), 0) / Math.max(SHORTEST_S, seconds);
  };
  const last = points.length - 1;
  const timed = points.findLast(({ p50_ms, p95_ms }) => p50_ms !== null && p95_ms !== null);
  return {
    minutes: Math.round((points.length * point_seconds) / 60),
    succeeded: points.reduce((sum, { succeeded }) => sum + succeeded, 0),
    failed: points.reduce((sum, { failed }) => sum + failed, 0),
    rates: points.map((point, index) => (index === last ? rateFrom(last) : ended(point) / point_seconds)),
    rateNow: rateFrom(Math.max(0, last - 1)),
    latest: timed ? { p50_ms: timed.p50_ms!, p95_ms: timed.p95_ms! } : null,
  };
}
