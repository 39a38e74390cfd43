import { JOB_PICTURES_MAX, type JobData, type JobResult } from '@inkqueue/shared/contracts/job';
import type { Logger } from '@inkqueue/shared/node/log';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import { type Processor, Worker } from 'bullmq';
import type { Redis } from 'ioredis';

/**
 * A worker that dies stops renewing its locks. They run out after LOCK_MS, and the next stalled check hands its jobs to
 * another worker: 5 to 7 seconds in all, in place of BullMQ's default minute.
 */
const LOCK_MS = 5_000;
const STALLED_CHECK_MS = 1_000;
/**
 * How often a job may be taken over. Each time after the first clears or convicts one of its pictures (quarantine.ts), so a
 * job ends well before this.
 */
const STALLED_MAX = 3 * JOB_PICTURES_MAX;

/** Takes jobs from the queue, not yet running. The pictures' bytes are deleted once the job is final. */
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
      log.warn({ err, job: jobId }, 'could not delete pictures; they expire by themselves');
    });

  worker.on('completed', (job) => void release(job.id!));
  worker.on('failed', (job, err) => {
    if (!job?.finishedOn) {
      log.warn({ err, job: job?.id, attempt: job?.attemptsMade }, 'attempt failed; it is retried');
      return;
    }
    log.error({ err, job: job.id, attempts: job.attemptsMade }, 'job failed');
    void release(job.id!);
  });
  worker.on('stalled', (jobId) => log.warn({ job: jobId }, 'took over from a worker that was lost'));
  worker.on('error', (err) => log.debug({ err }, 'queue connection'));
  return worker;
}
