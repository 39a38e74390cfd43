import type { HealthSummary } from '@inkqueue/shared/contracts/api';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import { countByPriority, type JobQueue } from './bullmq.ts';
import { BATCHES_FROM, TURNS_FROM } from './intake/priorities.ts';
import type { OldestWaiting } from './oldest-waiting.ts';

/** What waits and runs, as clients get it. */
export async function lookAtLoad(options: {
  connection: Redis;
  prefix: string;
  uploads: Pick<Uploads, 'held'>;
  queue: Pick<JobQueue, 'getJobCounts'>;
  oldestWaitingAt: OldestWaiting;
}): Promise<NonNullable<HealthSummary['queue']>> {
  const { uploads, queue, oldestWaitingAt } = options;
  const [held, counts, oldestAt, byPriority] = await Promise.all([
    uploads.held(),
    queue.getJobCounts('waiting', 'delayed', 'active'),
    oldestWaitingAt(),
    countByPriority({ ...options, bounds: [TURNS_FROM, BATCHES_FROM] }),
  ]);
  const [atOnce = 0, inTurns = 0, batches = 0] = byPriority;
  const { waiting = 0, delayed = 0, active = 0 } = counts;
  return {
    pictures: held.count,
    bytes: held.bytes,
    jobs: { waiting: waiting + atOnce + inTurns + batches + delayed, active },
    waiting: { at_once: waiting + atOnce, in_turns: inTurns, batches, again: delayed },
    oldest_waiting_seconds: oldestAt === null ? 0 : Math.max(0, Date.now() - oldestAt) / 1_000,
  };
}
