import type { PredictionStatus } from '@inkqueue/shared/contracts/prediction';
import { addressOf } from '../ids.ts';
import type { JobRecords } from './job-records.ts';

/** Jobs whose statuses are remembered: about a megabyte. */
const REMEMBERED_MAX = 10_000;

/** The statuses of one job's predictions, null for those that are no longer kept, as they were when its end had this mark. */
interface Remembered {
  mark: string;
  statuses: (PredictionStatus | null)[];
}

/**
 * The statuses of many predictions, without their results. Those of jobs that have ended are remembered: a client that asks for
 * the progress of a batch again and again has the results of the rest alone read.
 */
export function createJobStatuses(options: { records: Pick<JobRecords, 'job' | 'endMark'> }) {
  const { records } = options;
  const remembered = new Map<string, Remembered>();

  async function statusesOf(jobId: string): Promise<(PredictionStatus | null)[]> {
    const mark = await records.endMark(jobId);
    const known = remembered.get(jobId);
    if (mark !== null && known?.mark === mark) return known.statuses;
    const statuses = ((await records.job(jobId)) ?? []).map((state) => state?.status ?? null);
    remembered.delete(jobId);
    if (mark === null) return statuses;
    remembered.set(jobId, { mark, statuses });
    const [oldest] = remembered.keys();
    if (remembered.size > REMEMBERED_MAX && oldest !== undefined) remembered.delete(oldest);
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
  };
}
