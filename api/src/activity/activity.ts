import type { Activity, ActivitySpan } from '@inkqueue/shared/contracts/activity';
import type { WorkerPresence } from '@inkqueue/shared/node/presence';
import type { UploadLimits } from '@inkqueue/shared/node/uploads';
import { createFresh } from '../fresh.ts';
import type { Health } from '../health.ts';
import type { Queue } from '../queue/queue.ts';
import type { ActivityPoints } from './points.ts';

/** How old the activity, and the points of each span, may be. */
const FRESH_MS = 1_000;

export type CurrentActivity = ReturnType<typeof createActivity>;

/** What happens behind the API. While Redis is away `queue` is null and `workers` is empty; the rest stays true. */
export function createActivity(options: {
  health: Pick<Health, 'queueLoad' | 'workers' | 'operated'>;
  points: ActivityPoints;
  memory: Queue['memory'];
  limits: UploadLimits;
  hasConsole: boolean;
}) {
  const { health, points, memory, limits, hasConsole } = options;
  function bounds(): Activity['bounds'] {
    const { used, max, uploadsShare } = memory();
    return {
      pictures: limits.maxCount,
      bytes: limits.maxBytes,
      redis_used_bytes: used,
      redis_max_bytes: max,
      redis_uploads_share: uploadsShare,
    };
  }

  async function gather(): Promise<Activity> {
    const [queue, workers, operated, counted] = await Promise.all([
      health.queueLoad(),
      health.workers(),
      health.operated(),
      points('minutes'),
    ]);
    return {
      at: new Date(Date.now()).toISOString(),
      queue,
      workers: (workers ?? []).map(inPublic),
      ...counted,
      bounds: bounds(),
      operated: operated && { paused: operated.isPaused, drained: operated.isDrained },
      console: hasConsole,
    };
  }

  const all = createFresh(gather, { freshMs: FRESH_MS });
  const pointsOf = {
    hour: createFresh(() => points('hour'), { freshMs: FRESH_MS }),
    day: createFresh(() => points('day'), { freshMs: FRESH_MS }),
  };

  return {
    /** The activity now, gathered anew unless that is under way. */
    refresh: all.renewed,
    /** The activity at most a second ago: requests within a second share what one of them gathered. */
    now: all.current,
    /** The same with the points of a longer time. */
    async over(span: ActivitySpan): Promise<Activity> {
      const [current, longer] = await Promise.all([
        all.current(),
        span === 'minutes' ? null : pointsOf[span].current(),
      ]);
      return { ...current, ...longer };
    },
  };
}

/** A field that is not named here stays with operators: clients must not learn on which host a worker runs, and as which process. */
function inPublic(worker: WorkerPresence): Activity['workers'][number] {
  const { id, started_at, running, finished, per_second, jobs, busy_since, beat_at, memory_bytes } = worker;
  const { name, version } = worker.model;
  const work = { running, finished, per_second, jobs, busy_since };
  return { id, started_at, model: { name, version }, ...work, beat_at, memory_bytes };
}
