import type { PredictionStatus } from '@inkqueue/shared/contracts/prediction';
import { type Address, addressOf, type Ids } from '../ids.ts';
import type { PredictionState } from '../state.ts';
import type { JobIndex } from './job-index.ts';
import type { JobRecords } from './job-records.ts';

/** Jobs read at a time. */
const READ_JOBS = 50;
/** Jobs read for one page at most: a page of a rare status may be short, and another one follow. */
const PAGE_JOBS = 1_000;

/** A page of predictions, newest first. */
export interface Page {
  predictions: { id: string; state: PredictionState }[];
  /** After which prediction the next page begins; null on the last. */
  after: string | null;
}

/** Lists the predictions of all clients. */
export function createListing(options: {
  ids: Pick<Ids, 'at'>;
  index: Pick<JobIndex, 'before' | 'forget'>;
  records: Pick<JobRecords, 'job'>;
}) {
  const { ids, index, records } = options;

  /** The predictions of a job, the last one first, which were accepted before `start`. */
  async function predictionsOf(jobId: string, start: Address | null) {
    const states = await records.job(jobId);
    if (!states) return null;
    const end = start?.jobId === jobId ? start.index : states.length;
    return states
      .slice(0, end)
      .map((state, at) => ({ id: ids.at({ jobId, index: at }), state }))
      .reverse();
  }

  /** @param after the last prediction of the page before; null for the first page */
  return async (wanted: {
    after: string | null;
    limit: number;
    status: PredictionStatus | null;
  }): Promise<Page> => {
    const { after, limit, status } = wanted;
    const start = after === null ? null : addressOf(after);
    const predictions: Page['predictions'] = [];
    let last = after;
    // The rest of the cursor's job comes first.
    let jobs = start && start.index > 0 ? [start.jobId] : [];
    let from = start?.jobId ?? null;
    for (let read = 0; read < PAGE_JOBS; read += READ_JOBS) {
      if (jobs.length === 0) {
        jobs = await index.before(from, READ_JOBS);
        if (jobs.length === 0) return { predictions, after: null };
        from = jobs.at(-1) ?? null;
      }
      const found = await Promise.all(jobs.map((jobId) => predictionsOf(jobId, start)));
      await index.forget(jobs.filter((_, i) => found[i] === null));
      for (const { id, state } of found.flatMap((each) => each ?? [])) {
        last = id;
        if (state && (status === null || state.status === status)) predictions.push({ id, state });
        if (predictions.length === limit) return { predictions, after: last };
      }
      jobs = [];
    }
    return { predictions, after: last };
  };
}
