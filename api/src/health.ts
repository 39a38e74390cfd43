import type { HealthSummary, Readiness } from '@inkqueue/shared/contracts/api';
import type { WorkerPresence } from '@inkqueue/shared/node/presence';
import { isRedisAway } from '@inkqueue/shared/node/redis';
import type { Queue } from './queue/queue.ts';

export type Health = ReturnType<typeof createHealth>;

/** Health as it is at the moment of the request: nothing here is cached or constant. */
export function createHealth(options: {
  queue: Pick<Queue, 'load' | 'problem' | 'warning'>;
  listWorkers: () => Promise<WorkerPresence[]>;
  /** Whether the process takes no new connections soon. */
  isDraining?: () => boolean;
}) {
  const { queue, listWorkers, isDraining = () => false } = options;
  /** The workers that are ready, oldest first; null while Redis is away. */
  const workers = () => nullWhileAway(listWorkers);

  return {
    workers,
    async readiness(): Promise<Readiness> {
      const present = await workers();
      const reasons = [
        ...[queue.problem()].filter((problem) => problem !== null),
        ...(isDraining() ? ['The api is stopping.'] : []),
        ...(present === null ? ['Redis can’t be reached.'] : []),
        ...(present?.length === 0 ? ['No worker is ready.'] : []),
      ];
      return {
        status: reasons.length === 0 ? 'ready' : 'not-ready',
        reasons,
        warnings: [queue.warning()].filter((warning) => warning !== null),
        redis: { ok: present !== null },
        workers: { ready: present?.length ?? 0 },
      };
    },
    /** What waits and runs; null while Redis is away. */
    queueLoad: (): Promise<HealthSummary['queue']> => nullWhileAway(queue.load),
  };
}

async function nullWhileAway<T>(request: () => Promise<T>): Promise<T | null> {
  try {
    return await request();
  } catch (error) {
    if (isRedisAway(error)) return null;
    throw error;
  }
}
