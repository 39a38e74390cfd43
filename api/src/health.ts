import type { HealthSummary, Readiness } from '@inkqueue/shared/contracts/api';
import type { WorkerPresence } from '@inkqueue/shared/node/presence';
import { isRedisAway } from '@inkqueue/shared/node/redis/connections';
import type { Queue } from './queue/queue.ts';

export type Health = ReturnType<typeof createHealth>;

/** Health as it is at the moment of the request: nothing here is cached or constant. */
export function createHealth(options: {
  queue: Pick<Queue, 'load' | 'problem' | 'warning' | 'operations' | 'deliveries'>;
  listWorkers: () => Promise<WorkerPresence[]>;
  /** Whether the process takes no new connections soon. */
  isDraining?: () => boolean;
}) {
  const { queue, listWorkers, isDraining = () => false } = options;
  /** The workers that are ready, oldest first; null while Redis is away. */
  const workers = () => nullWhileAway(listWorkers);
  /** What an operator has done to the queue; null while Redis is away. */
  const operated = () => nullWhileAway(queue.operations.state);

  function readinessOf(present: WorkerPresence[] | null, more: readonly string[]): Readiness {
    const reasons = [
      ...(isDraining() ? ['The api is stopping.'] : []),
      ...(present === null ? ['Redis can’t be reached.'] : []),
      ...more,
    ];
    return {
      status: reasons.length === 0 ? 'ready' : 'not-ready',
      reasons,
      warnings: [queue.warning()].filter((warning) => warning !== null),
      redis: { ok: present !== null },
      workers: { ready: present?.length ?? 0 },
    };
  }

  return {
    workers,
    operated,
    /**
     * Whether requests can be handled here. A full queue and missing workers do not count: clients can fetch results, the api tells
     * a client that it refuses when to come again, and an orchestrator may start workers because pictures wait.
     */
    readiness: async () => readinessOf(await workers(), []),
    /** Whether a picture sent now would be taken in and read now. */
    async serving(): Promise<Readiness> {
      const [present, state] = await Promise.all([workers(), operated()]);
      return readinessOf(present, [
        ...[queue.problem()].filter((problem) => problem !== null),
        ...(present?.length === 0 ? ['No worker is ready.'] : []),
        ...(state?.isPaused ? ['The operator has paused the queue.'] : []),
      ]);
    },
    /** What waits and runs; null while Redis is away. */
    queueLoad: (): Promise<HealthSummary['queue']> => nullWhileAway(queue.load),
    /** Deliveries that have not ended; null while Redis is away. */
    deliveries: () => nullWhileAway(queue.deliveries.backlog),
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
