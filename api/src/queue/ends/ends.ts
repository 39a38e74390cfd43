import type { Counts } from '@inkqueue/shared/node/counts';
import type { Logger } from '@inkqueue/shared/node/log';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import type { JobQueue } from '../bullmq.ts';
import { addressOf } from '../ids.ts';
import type { JobRecords } from '../jobs/job-records.ts';
import { type CancelReason, createCanceling } from './canceling.ts';
import { createDeleting } from './deleting.ts';
import { createRetrying, type NotRetried } from './retrying.ts';

/** The reason that a client can do most about comes first. */
const WHY_NOT: readonly NotRetried[] = ['runs', 'no-bytes', 'not-failed'];

export type Ends = ReturnType<typeof createEnds>;

/** What becomes of predictions other than through a worker: canceled, deleted, read again. */
export function createEnds(options: {
  connection: Redis;
  prefix: string;
  queue: JobQueue;
  uploads: Pick<Uploads, 'bookKeys' | 'deadlinesKey' | 'keptKeys'>;
  counts: Pick<Counts, 'add'>;
  records: Pick<JobRecords, 'job' | 'pictures'>;
  /** Events kept in the queue's stream. */
  eventsKept: number;
  log: Logger;
}) {
  const canceling = createCanceling(options);
  const deleting = createDeleting(options);
  const retrying = createRetrying(options);

  return {
    /** Cancels those of the predictions that have not ended. @returns how many */
    cancel: (ids: readonly string[], reason: CancelReason): Promise<number> =>
      canceling.cancel(ids.map(addressOf), reason),
    /** Deletes predictions with all that they have; those that have not ended are canceled first. */
    async delete(ids: readonly string[]): Promise<void> {
      const addresses = ids.map(addressOf);
      await canceling.cancel(addresses, 'asked');
      await deleting.delete(addresses);
    },
    /**
     * Reads predictions again that failed by the service's fault and whose bytes are kept, under their ids.
     *
     * @returns how many; or why none
     */
    async retry(ids: readonly string[]): Promise<number | NotRetried> {
      const jobs = new Map<string, number[]>();
      for (const { jobId, index } of ids.map(addressOf)) jobs.set(jobId, [...(jobs.get(jobId) ?? []), index]);
      const replies = await Promise.all([...jobs].map(([jobId, indices]) => retrying.retry(jobId, indices)));
      const retried = replies.filter((reply) => typeof reply === 'number');
      if (retried.length > 0) return retried.reduce((sum, count) => sum + count, 0);
      return WHY_NOT.find((reason) => replies.includes(reason)) ?? 'not-failed';
    },
    /** To be called at the end of every job. */
    jobEnded: deleting.jobEnded,
    /** To be called now and then, by one process. */
    finishDeleting: deleting.finishAll,
    close: canceling.close,
  };
}
