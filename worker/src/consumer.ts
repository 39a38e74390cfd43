import {
  JOB_PICTURES_MAX,
  type JobData,
  type StoredJobResult,
  type StoredOutcome,
} from '@inkqueue/shared/contracts/job';
import { isServiceFault } from '@inkqueue/shared/contracts/problems';
import type { Logger } from '@inkqueue/shared/node/log';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import { type Job, type Processor, Worker } from 'bullmq';
import type { Redis } from 'ioredis';

/**
 * A worker that dies stops renewing its locks. They run out after LOCK_MS, and the next check for stalled jobs gives its jobs
 * to another worker: 5 to 7 seconds in all, in place of BullMQ's default minute.
 */
const LOCK_MS = 5_000;
const STALLED_CHECK_MS = 1_000;
/**
 * How often a job may be taken over. Each time after the first clears or fails one of its images (quarantine.ts), so that a
 * job ends well before this.
 */
const STALLED_MAX = 3 * JOB_PICTURES_MAX;
/** How long the worker waits before it asks a queue again that could not be reached. */
const RETRY_MS = 500;

/** Takes jobs from the queue; the caller starts it. Deletes the images' bytes once their job is final. */
export function createConsumer(options: {
  connection: Redis;
  prefix: string;
  id: string;
  concurrency: number;
  process: Processor<JobData, StoredJobResult, 'predict'>;
  uploads: Pick<Uploads, 'release' | 'keep'>;
  /** How long the images of predictions that failed by the service's fault are kept, in milliseconds; 0 for not at all. */
  keepMs: number;
  log: Logger;
}): Worker<JobData, StoredJobResult, 'predict'> {
  const { connection, prefix, id, concurrency, uploads, keepMs, log } = options;
  const worker = new Worker<JobData, StoredJobResult, 'predict'>(QUEUE_NAME, options.process, {
    connection,
    prefix,
    name: id,
    concurrency,
    autorun: false,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: STALLED_MAX,
    runRetryDelay: RETRY_MS,
  });
  async function release(
    { id: jobId = '', finishedOn }: Pick<Job, 'id' | 'finishedOn'>,
    keep: readonly number[],
  ): Promise<void> {
    try {
      if (keep.length > 0 && keepMs > 0) {
        await uploads.keep(jobId, keep, { ms: keepMs, job: `${prefix}:${QUEUE_NAME}:${jobId}` });
      }
      await uploads.release(jobId, finishedOn);
    } catch (error) {
      log.warn({ err: error, job: jobId }, 'could not delete the images of a job; an api will');
    }
  }

  worker.on('completed', (job, { outcomes }) => void release(job, failedByUs(outcomes)));
  worker.on('failed', (job, error) => {
    if (!job?.finishedOn) {
      log.warn(
        { err: error, job: job?.id, attempt: job?.attemptsMade },
        'attempt failed; the queue retries it',
      );
      return;
    }
    log.error({ err: error, job: job.id, attempts: job.attemptsMade }, 'job failed');
    void release(job, [...job.data.pictures.keys()]);
  });
  worker.on('stalled', (jobId) => log.warn({ job: jobId }, 'took over a job from a lost worker'));
  worker.on('error', (error) => log.debug({ err: error }, 'queue connection'));
  return worker;
}

/** The indices of outcomes that are no fault of their images. */
function failedByUs(outcomes: readonly StoredOutcome[]): number[] {
  return [...outcomes.keys()].filter((index) => {
    const outcome = outcomes[index];
    return outcome && 'error' in outcome && isServiceFault(outcome.error.code);
  });
}
