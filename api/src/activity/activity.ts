import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { Health } from '../health.ts';
import { POINT_SECONDS } from './points.ts';

/** How old `now` may be. */
const FRESH_MS = 1_000;

export type CurrentActivity = ReturnType<typeof createActivity>;

/** What happens behind the API. While Redis is away `queue` is null and `workers` is empty; the rest stays true. */
export function createActivity(options: {
  health: Pick<Health, 'queueLoad' | 'workers'>;
  points: () => Activity['points'];
}) {
  const { health, points } = options;
  let latest: { since: number; pending: boolean; activity: Promise<Activity> } | null = null;

  async function gather(): Promise<Activity> {
    const [queue, workers] = await Promise.all([health.queueLoad(), health.workers()]);
    return {
      at: new Date(Date.now()).toISOString(),
      queue,
      // Clients must not learn on which host a worker runs, and as which process.
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

  function refresh(): Promise<Activity> {
    if (latest?.pending) return latest.activity;
    const gathered = { since: performance.now(), pending: true, activity: gather() };
    latest = gathered;
    gathered.activity.then(
      () => {
        gathered.pending = false;
      },
      // The next request must not get this failure.
      () => {
        if (latest === gathered) latest = null;
      },
    );
    return gathered.activity;
  }

  return {
    /** The activity now, gathered anew unless that is under way. */
    refresh,
    /** The activity at most a second ago: requests within a second share what one of them gathered. */
    now: (): Promise<Activity> =>
      latest && performance.now() - latest.since < FRESH_MS ? latest.activity : refresh(),
  };
}
