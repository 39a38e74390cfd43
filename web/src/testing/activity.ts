import type { Activity } from '@inkqueue/shared/contracts/activity';

const START = Date.parse('2026-01-01T12:00:00.000Z');
const POINT_SECONDS = 5;

/** Activity with one point for each entry: how many predictions succeeded and failed, and the percentiles of their times. */
export function activityOf(
  points: readonly { succeeded: number; failed?: number; p50_ms?: number | null; p95_ms?: number | null }[],
  rest: Partial<Activity> = {},
): Activity {
  const at = (index: number) => new Date(START + index * POINT_SECONDS * 1000).toISOString();
  return {
    // What happened in the last second is not counted yet.
    at: new Date(Date.parse(at(points.length)) + 1000).toISOString(),
    queue: { pictures: 0, bytes: 0, jobs: { waiting: 0, active: 0 } },
    workers: [],
    point_seconds: POINT_SECONDS,
    points: points.map(({ succeeded, failed = 0, p50_ms = null, p95_ms = null }, index) => ({
      at: at(index),
      succeeded,
      failed,
      p50_ms,
      p95_ms,
    })),
    ...rest,
  };
}
