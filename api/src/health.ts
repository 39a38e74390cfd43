import type { Readiness } from '@inkqueue/shared/contracts/api';
import type { WorkerPresence } from '@inkqueue/shared/node/presence';
import type { PredictionQueue } from '@inkqueue/shared/node/queue';
import { isRedisAway } from '@inkqueue/shared/node/redis';

export interface Health {
  readiness(): Promise<Readiness>;
  /** Predictions waiting and being read; null while Redis is away. */
  queueCounts(): Promise<{ waiting: number; active: number } | null>;
}

/** Health as it is at the moment of asking: nothing here is cached or constant. */
export function createHealth(options: {
  queue: PredictionQueue;
  workers: () => Promise<WorkerPresence[]>;
}): Health {
  const { queue, workers } = options;
  return {
    async readiness() {
      const present = await whileRedisAnswers(workers);
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
      const counts = await whileRedisAnswers(() =>
        queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active'),
      );
      if (!counts) return null;
      const { waiting = 0, prioritized = 0, delayed = 0, active = 0 } = counts;
      return { waiting: waiting + prioritized + delayed, active };
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
