import type { Activity } from '@inkqueue/shared/contracts/activity';
import { secondsCounted } from './figures.ts';

type Point = Activity['points'][number];

/** The rates of now are those of so many points: half a minute. */
const NOW_POINTS = 6;

/** A point has only begun for so long: what happened in it is hardly counted. */
const BEGUN_S = 2.5;

/** How much came and left in each point and in all. */
export interface QueueFlow {
  /** A second, in each point; null in one that has only begun. */
  arrivals: readonly (number | null)[];
  departures: readonly (number | null)[];
  came: number;
  went: number;
  canceled: number;
}

/** When nothing is left to read, if all goes on as in the last half minute. */
export type Drain =
  | { kind: 'empty' }
  /** Nothing is read. */
  | { kind: 'stands' }
  | { kind: 'grows'; perSecond: number }
  | { kind: 'drains'; ms: number };

const left = ({ succeeded, failed, canceled = 0 }: Point) => succeeded + failed + canceled;
const sum = (points: readonly Point[], of: (point: Point) => number) =>
  points.reduce((all, point) => all + of(point), 0);

export function flowOf({ at, points, point_seconds }: Activity): QueueFlow {
  const rate = (count: number, start: string) => {
    const age = (Date.parse(at) - Date.parse(start)) / 1000;
    if (age < BEGUN_S) return null;
    return count / Math.min(point_seconds, secondsCounted(at, start));
  };
  return {
    arrivals: points.map((point) => rate(point.accepted ?? 0, point.at)),
    departures: points.map((point) => rate(left(point), point.at)),
    came: sum(points, ({ accepted = 0 }) => accepted),
    went: sum(points, left),
    canceled: sum(points, ({ canceled = 0 }) => canceled),
  };
}

/** Of an activity whose points are those of the last minutes. */
export function ratesNow({ at, points }: Activity): { arrivals: number; departures: number } {
  const recent = points.slice(-NOW_POINTS);
  const first = recent[0];
  if (!first) return { arrivals: 0, departures: 0 };
  const seconds = secondsCounted(at, first.at);
  return {
    arrivals: sum(recent, ({ accepted = 0 }) => accepted) / seconds,
    departures: sum(recent, left) / seconds,
  };
}

/** Null while the queue is not known. */
export function drainOf(activity: Activity): Drain | null {
  if (activity.queue === null) return null;
  if (activity.queue.pictures === 0) return { kind: 'empty' };
  const { arrivals, departures } = ratesNow(activity);
  if (departures === 0 || activity.operated?.paused || activity.workers.length === 0)
    return { kind: 'stands' };
  if (arrivals >= departures) return { kind: 'grows', perSecond: arrivals - departures };
  return { kind: 'drains', ms: (1000 * activity.queue.pictures) / (departures - arrivals) };
}

/** A used share of a bound, 0…1; null without a bound. */
export function shareOf(used: number, max: number): number | null {
  return max > 0 ? Math.min(1, used / max) : null;
}
