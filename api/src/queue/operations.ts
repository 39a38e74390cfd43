import { listFailures } from '@inkqueue/shared/node/failures';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import { type JobQueue, jobKeys } from './bullmq.ts';
import type { Deliveries } from './deliveries/deliveries.ts';
import type { Ends } from './ends/ends.ts';
import type { Ids } from './ids.ts';
import type { Drain } from './intake/drain.ts';
import type { JobRecords } from './jobs/job-records.ts';
import type { OldestWaiting } from './oldest-waiting.ts';

/** Jobs looked at at a time. */
const ROUND_JOBS = 100;

export type Operations = ReturnType<typeof createOperations>;

/** What an operator does to the whole queue. All of it stands in Redis: workers see a pause at once, and the apis a drain within half a second. */
export function createOperations(options: {
  connection: Redis;
  prefix: string;
  queue: Pick<JobQueue, 'pause' | 'resume' | 'isPaused' | 'getJobCounts'>;
  uploads: Pick<Uploads, 'keptKeys' | 'held'>;
  records: Pick<JobRecords, 'pictures'>;
  ends: Pick<Ends, 'cancel' | 'delete' | 'retry'>;
  ids: Pick<Ids, 'at' | 'find'>;
  drain: Pick<Drain, 'begin' | 'end' | 'isDrained'>;
  deliveries: Pick<Deliveries, 'forget' | 'forgetAll' | 'backlog'>;
  oldestWaitingAt: OldestWaiting;
}) {
  const { connection, prefix, queue, uploads, records, ends, ids, drain, deliveries, oldestWaitingAt } =
    options;

  /** Sums what `act` says of the predictions of jobs, some jobs at a time. */
  async function forAll(jobIds: readonly string[], act: (ids: string[]) => Promise<number>): Promise<number> {
    let sum = 0;
    for (let from = 0; from < jobIds.length; from += ROUND_JOBS) {
      const counts = jobIds.slice(from, from + ROUND_JOBS).map(async (jobId) => {
        const pictures = (await records.pictures(jobId)) ?? [];
        return pictures.length === 0 ? 0 : act(pictures.map((_, index) => ids.at({ jobId, index })));
      });
      for (const count of await Promise.all(counts)) sum += count;
    }
    return sum;
  }

  return {
    /** Whether an operator has paused or drained the queue. */
    state: async () => ({ isPaused: await queue.isPaused(), isDrained: drain.isDrained() }),
    /** The queue as an operator sees it. Times are Unix milliseconds. */
    async look() {
      const [held, jobs, oldestAt, isPaused, backlog] = await Promise.all([
        uploads.held(),
        queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'failed', 'completed'),
        oldestWaitingAt(),
        queue.isPaused(),
        deliveries.backlog(),
      ]);
      return { ...held, jobs, oldestAt, isPaused, isDrained: drain.isDrained(), deliveries: backlog };
    },
    /** Workers take nothing more, and finish what they have. Pictures are still taken in. */
    pause: () => queue.pause(),
    /** No picture is taken in, and what is in the queue is read. */
    drain: () => drain.begin(),
    /** Ends a pause and a drain. */
    async resume(): Promise<void> {
      await drain.end();
      await queue.resume();
    },
    /** Cancels all predictions that wait. @returns how many */
    async purge(): Promise<number> {
      const { wait, prioritized, delayed } = jobKeys(prefix, '');
      const waiting = await Promise.all([
        connection.lrange(wait, 0, -1),
        connection.zrange(prioritized, '0', '-1'),
        connection.zrange(delayed, '0', '-1'),
      ]);
      return forAll(waiting.flat(), (predictions) => ends.cancel(predictions, 'purged'));
    },
    /** Gives all deliveries to webhooks up. @returns how many */
    purgeDeliveries: deliveries.forgetAll,
    /** Reads again what failed by the service's fault and is kept. @returns how many */
    async retryFailed(): Promise<number> {
      const [, all = ''] = uploads.keptKeys('');
      return forAll(await connection.zrange(all, '0', '-1'), async (predictions) => {
        const retried = await ends.retry(predictions);
        return typeof retried === 'number' ? retried : 0;
      });
    },
    /** The last predictions that failed, newest first. */
    async failures(count: number) {
      const found = await listFailures({ connection, prefix, count });
      return found.map(({ job, index, code, at }) => ({
        id: ids.at({ jobId: job, index }),
        code,
        at: new Date(at).toISOString(),
      }));
    },
    /** Deletes a prediction with all that it has. @returns false for an id that this service never issued */
    async delete(id: string): Promise<boolean> {
      if (!ids.find(id)) return false;
      await deliveries.forget([id]);
      await ends.delete([id]);
      return true;
    },
  };
}
