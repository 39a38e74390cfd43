import { jobFailure, jobResult } from '@inkqueue/shared/contracts/job';
import type { PredictionQueue } from '@inkqueue/shared/node/queue';
import type { JobChange } from './states.ts';

export interface JobStates {
  /** How a job stands, as the change that brought it there; null when it is not, or no longer, kept. */
  read(jobId: string): Promise<JobChange | null>;
  /** How many pictures a job has; 0 when it is not, or no longer, kept. */
  pictures(jobId: string): Promise<number>;
}

/** The queue's own record of its jobs. What outlived its time counts as gone: BullMQ removes only when others finish. */
export function createJobStates(options: { queue: PredictionQueue; resultTtlMs: number }): JobStates {
  const { queue, resultTtlMs } = options;
  return {
    async read(jobId) {
      const [seen, state] = await Promise.all([queue.getJob(jobId), queue.getJobState(jobId)]);
      // It may have ended between the two: then its record has the end by now.
      const ended = seen?.finishedOn === undefined && (state === 'completed' || state === 'failed');
      const job = ended ? await queue.getJob(jobId) : seen;
      if (!job) return null;
      if (job.finishedOn !== undefined) {
        if (job.finishedOn + resultTtlMs < Date.now()) return null;
        // A worker's answer that is no result is a failure here as it is in the queue's events.
        const result = jobResult.safeParse(job.returnvalue);
        return result.success
          ? { jobId, to: 'completed', job: result.data }
          : { jobId, to: 'failed', error: jobFailure(job.failedReason), at: job.finishedOn, ...startOf(job) };
      }
      if (state === 'active') return { jobId, to: 'running', at: job.processedOn ?? job.timestamp };
      return { jobId, to: 'queued', at: job.timestamp };
    },
    pictures: async (jobId) => (await queue.getJob(jobId))?.data.pictures.length ?? 0,
  };
}

/** Absent for a job that was given up before it ran. */
function startOf({ processedOn }: { processedOn?: number }): { startedAt?: number } {
  return processedOn === undefined ? {} : { startedAt: processedOn };
}
