import { JOB_VERSION, type StoredJobResult } from '@inkqueue/shared/contracts/job';
import { DelayedError } from 'bullmq';
import type { PredictionJob } from './processor.ts';

/** How long a job waits that was given back, for a worker that knows it. */
const PAUSE_MS = 2_000;

/**
 * Gives back to the queue what a newer api has put there and this worker does not know: during a rolling update, newer workers come.
 *
 * @param run runs one job
 * @returns runs one job, or throws BullMQ's DelayedError for a job that was given back
 */
export function leaveNewer(run: (job: PredictionJob, token?: string) => Promise<StoredJobResult>) {
  return async (job: PredictionJob, token?: string): Promise<StoredJobResult> => {
    if ((job.data.version ?? 1) <= JOB_VERSION) return run(job, token);
    await job.moveToDelayed(Date.now() + PAUSE_MS, token);
    throw new DelayedError();
  };
}
