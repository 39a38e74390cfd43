import type { PredictionStatus } from '@inkqueue/shared/contracts/prediction';
import { addressOf } from '../ids.ts';
import type { JobRecords } from './job-records.ts';

/** Jobs whose statuses are remembered: about a megabyte. */
const REMEMBERED_MAX = 10_000;

/** The statuses of one job's predictions, null for those that are no longer kept; and until when they are so. */
interface Remembered {
  statuses: (PredictionStatus | null)[];
  until: number;
}

/**
 * The statuses of many predictions, without their results: those of jobs that have ended are remembered, so that whoever
 * asks for the progress of a batch again and again has only the rest of it read.
 */
export function createJobStatuses(options: { records: Pick<JobRecords, 'job'>; resultTtlMs: number }) {
  const { records, resultTtlMs } = options;
  const remembered = new Map<string, Remembered>();

  async function statusesOf(jobId: string): Promise<(PredictionStatus | null)[]> {
    const known = remembered.get(jobId);
    if (known && known.until > Date.now()) return known.statuses;
    const found = await records.job(jobId);
    if (!found) return [];
    const statuses = found.states.map((state) => state?.status ?? null);
    if (found.finishedAt !== null) {
      remembered.set(jobId, { statuses, until: found.finishedAt + resultTtlMs });
      const [oldest] = remembered.keys();
      if (remembered.size > REMEMBERED_MAX && oldest !== undefined) remembered.delete(oldest);
    }
    return statuses;
  }

  return {
    /** In the order of the ids; null for one that is no longer kept. */
    async of(ids: readonly string[]): Promise<(PredictionStatus | null)[]> {
      const jobs = new Map<string, Promise<(PredictionStatus | null)[]>>();
      const addresses = ids.map(addressOf);
      for (const { jobId } of addresses) if (!jobs.has(jobId)) jobs.set(jobId, statusesOf(jobId));
      return Promise.all(addresses.map(async ({ jobId, index }) => (await jobs.get(jobId))?.[index] ?? null));
    },
    /** To be called when a job begins anew, and when something of it was deleted. */
    forget: (jobId: string): void => void remembered.delete(jobId),
  };
}
