import type { JobData, JobResult } from '@inkqueue/shared/contracts/job';
import type { Logger } from '@inkqueue/shared/node/log';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import { type Processor, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';

/**
 * A worker that dies stops renewing its locks. They run out after LOCK_MS, and the next stalled check hands its jobs to
 * another worker: 5 to 9 seconds in all, in place of BullMQ's default minute.
 */
const LOCK_MS = 5_000;
const STALLED_CHECK_MS = 2_000;
/** A picture that killed this many workers is failed, so that it can't kill them all. */
const STALLED_MAX = 2;

/** Takes jobs from the queue, not yet running. A picture's bytes are deleted once its prediction is final. */
export function createConsumer(options: {
  connection: Redis;
  prefix: string;
  id: string;
  concurrency: number;
  process: Processor<JobData, JobResult, 'predict'>;
  uploads: Pick<Uploads, 'release'>;
  log: Logger;
}): Worker<JobData, JobResult, 'predict'> {
  const { connection, prefix, id, concurrency, uploads, log } = options;
  const worker = new Worker<JobData, JobResult, 'predict'>(QUEUE_NAME, options.process, {
    connection,
    prefix,
    name: id,
    concurrency,
    autorun: false,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: STALLED_MAX,
    runRetryDelay: 500,
  });
  const release = (jobId: string) =>
    uploads.release(jobId).catch((err: unknown) => {
      log.warn({ err, prediction: jobId }, 'could not delete a picture; it expires by itself');
    });

  worker.on('completed', (job) => void release(job.id!));
  worker.on('failed', (job, err) => {
    if (!job?.finishedOn) {
      log.warn({ err, prediction: job?.id, attempt: job?.attemptsMade }, 'attempt failed; it is retried');
      return;
    }
    // A picture that can't be read is its sender's matter; anything else that failed for good is the operator's.
    if (err instanceof UnrecoverableError) log.info({ prediction: job.id, reason: err.message }, 'refused');
    else log.error({ err, prediction: job.id, attempts: job.attemptsMade }, 'prediction failed');
    void release(job.id!);
  });
  worker.on('stalled', (jobId) => log.warn({ prediction: jobId }, 'took over from a worker that was lost'));
  worker.on('error', (err) => log.debug({ err }, 'queue connection'));
  return worker;
}
