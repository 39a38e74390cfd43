import { jobResult } from '@inkqueue/shared/contracts/job';
import { type JobQueue, jobError } from './bullmq.ts';
import { addressOf } from './ids.ts';
import { type JobState, type PredictionState, stateAt } from './state.ts';

export type JobRecords = ReturnType<typeof createJobRecords>;

/** The jobs that BullMQ keeps. A result that outlived its time counts as gone: BullMQ removes it when others finish. */
export function createJobRecords(options: { queue: JobQueue; resultTtlMs: number }) {
  const { queue, resultTtlMs } = options;

  /** Null for a job that BullMQ does not keep, or no longer. */
  async function find(jobId: string): Promise<JobState | null> {
    const [first, state] = await Promise.all([queue.getJob(jobId), queue.getJobState(jobId)]);
    // The job may have ended between the two: then a second look finds the end in its record.
    const ended = first?.finishedOn === undefined && (state === 'completed' || state === 'failed');
    const job = ended ? await queue.getJob(jobId) : first;
    if (!job) return null;
    const { finishedOn: finishedAt, processedOn, timestamp } = job;
    if (finishedAt === undefined) {
      return state === 'active'
        ? { status: 'running', startedAt: processedOn ?? timestamp }
        : { status: 'queued' };
    }
    if (finishedAt + resultTtlMs < Date.now()) return null;
    // A return value that is not a job's result is a failure here, as it is in the queue's events.
    const result = jobResult.safeParse(job.returnvalue);
    if (result.success) return { status: 'completed', result: result.data };
    // A job that was given up before it ran has no start.
    return {
      status: 'failed',
      error: jobError(job.failedReason),
      startedAt: processedOn ?? null,
      finishedAt,
    };
  }

  return {
    find,
    /** The states of predictions, in the order of their ids; null for one that is no longer kept. */
    async states(ids: readonly string[]): Promise<(PredictionState | null)[]> {
      const addresses = ids.map(addressOf);
      const jobs = new Map<string, Promise<JobState | null>>();
      for (const { jobId } of addresses) if (!jobs.has(jobId)) jobs.set(jobId, find(jobId));
      return Promise.all(
        addresses.map(async ({ jobId, index }) => {
          const job = (await jobs.get(jobId)) ?? null;
          return job && stateAt(job, index);
        }),
      );
    },
    /** How many predictions a job holds, and when its last attempt started; null when it is no longer kept. */
    async describe(jobId: string): Promise<{ predictions: number; startedAt: number | null } | null> {
      const job = await queue.getJob(jobId);
      return job ? { predictions: job.data.pictures.length, startedAt: job.processedOn ?? null } : null;
    },
  };
}
