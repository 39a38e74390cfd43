import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { Health } from '../health.ts';
import { POINT_SECONDS } from './points.ts';

/** How old an answer may be. */
const FRESH_MS = 1_000;

export interface CurrentActivity {
  /** What goes on, at most a second old: those who ask within it share one look into Redis. */
  now(): Promise<Activity>;
  /** A new look, unless one is under way. */
  look(): Promise<Activity>;
}

/** What goes on behind the API. While Redis is away the queue is null and the workers are none; the rest is still told. */
export function createActivity(options: {
  health: Pick<Health, 'queueCounts' | 'workers'>;
  points: () => Activity['points'];
}): CurrentActivity {
  const { health, points } = options;
  let latest: { since: number; pending: boolean; activity: Promise<Activity> } | null = null;

  async function ask(): Promise<Activity> {
    const [queue, workers] = await Promise.all([health.queueCounts(), health.workers()]);
    return {
      at: new Date().toISOString(),
      queue,
      // Where a worker runs, and as which process, is no client's matter.
      workers: (workers ?? []).map(({ id, started_at, model: { name, version }, running, finished }) => ({
        id,
        started_at,
        model: { name, version },
        running,
        finished,
      })),
      point_seconds: POINT_SECONDS,
      points: points(),
    };
  }

  function look(): Promise<Activity> {
    if (latest?.pending) return latest.activity;
    const asked = { since: performance.now(), pending: true, activity: ask() };
    latest = asked;
    const answered = () => {
      asked.pending = false;
    };
    // Whoever asks next is not told of this failure.
    const failed = () => {
      if (latest === asked) latest = null;
    };
    asked.activity.then(answered, failed);
    return asked.activity;
  }

  return {
    look,
    now: () => (latest && performance.now() - latest.since < FRESH_MS ? latest.activity : look()),
  };
}
