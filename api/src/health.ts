import type { HealthSummary, Readiness } from '@inkqueue/shared/contracts/api';
import type { WorkerPresence } from '@inkqueue/shared/node/presence';
import type { PredictionQueue } from '@inkqueue/shared/node/queue';
import { isRedisAway } from '@inkqueue/shared/node/redis';
import type { Uploads } from '@inkqueue/shared/node/uploads';

export interface Health {
  readiness(): Promise<Readiness>;
  /** What waits and is being read; null while Redis is away. */
  queueCounts(): Promise<HealthSummary['queue']>;
  /** The workers that are ready, oldest first; null while Redis is away. */
  workers(): Promise<WorkerPresence[] | null>;
}

/** Health as it is at the moment of asking: nothing here is cached or constant. */
export function createHealth(options: {
  queue: PredictionQueue;
  uploads: Pick<Uploads, 'held'>;
  workers: () => Promise<WorkerPresence[]>;
}): Health {
  const { queue, uploads } = options;
  const workers = () => whileRedisAnswers(options.workers);
  return {
    workers,
    async readiness() {
      const present = await workers();
      const reasons = [
        ...(present === null ? ['Redis can’t be reached.'] : []),
        ...(present?.length === 0 ? ['No worker is ready.'] : []),
      ];
      return {
        status: reasons.length === 0 ? 'ready' : 'not-ready',
        reasons,
        redis: { ok: present !== null },
        workers: { ready: present?.length ?? 0 },
      };
    },
    async queueCounts() {
      const found = await whileRedisAnswers(() =>
        Promise.all([uploads.held(), queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active')]),
      );
      if (!found) return null;
      const [held, { waiting = 0, prioritized = 0, delayed = 0, active = 0 }] = found;
      return {
        pictures: held.count,
        bytes: held.bytes,
        jobs: { waiting: waiting + prioritized + delayed, active },
      };
    },
  };
}

async function whileRedisAnswers<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (err) {
    if (isRedisAway(err)) return null;
    throw err;
  }
}
