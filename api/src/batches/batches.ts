import type { Batch, BatchCounts, BatchProgress } from '@inkqueue/shared/contracts/batch';
import { ProblemError } from '../errors.ts';
import { createdAt, type Ids } from '../queue/ids.ts';
import type { JobStates } from '../queue/job-states.ts';
import { accepted, apply, changeAt, type JobChange } from '../queue/states.ts';
import type { BatchJob, BatchRecords } from './records.ts';
import { BATCH_INDEX } from './writer.ts';

export interface Batches {
  /** @throws ProblemError batch-not-found, batch-expired */
  find(id: string, page: { offset: number; limit: number }): Promise<Batch>;
  /** A batch's jobs and how each stands, for whoever keeps count from here. */
  jobs(id: string): Promise<{ job: BatchJob; state: JobChange | null }[]>;
}

/** Batches as they stand, from their record and the states of their jobs. */
export function createBatches(options: {
  ids: Ids;
  records: BatchRecords;
  states: JobStates;
  /** Whether people are asked what their pictures show. */
  feedback: boolean;
}): Batches {
  const { ids, records, states, feedback } = options;

  async function jobs(id: string) {
    if (ids.find(id)?.index !== BATCH_INDEX)
      throw new ProblemError('batch-not-found', 'No batch has this id.');
    const found = await records.read(id);
    if (found.length === 0) throw new ProblemError('batch-expired', 'The batch is no longer kept.');
    return Promise.all(found.map(async (job) => ({ job, state: await states.read(job.jobId) })));
  }

  return {
    jobs,
    async find(id, { offset, limit }) {
      const all = await jobs(id);
      const entries = all.flatMap(({ job, state }) =>
        job.filenames.map((filename, index) => ({ job, state, filename, index })),
      );
      const page = entries.slice(offset, offset + limit).map(({ job, state, filename, index }) => {
        const queued = accepted(ids.at({ jobId: job.jobId, index }), { feedback });
        return { filename, prediction: state && apply(queued, changeAt(state, index)) };
      });
      const next = offset + limit < entries.length ? offset + limit : null;
      return {
        ...progress(id, all),
        created_at: new Date(createdAt(id)).toISOString(),
        predictions: page,
        links: {
          self: `/batches/${id}`,
          next: next === null ? null : `/batches/${id}?offset=${next}&limit=${limit}`,
        },
      };
    },
  };
}

/** Counts a batch's predictions by state. A job that is not there any more has expired. */
export function progress(id: string, jobs: { job: BatchJob; state: JobChange | null }[]): BatchProgress {
  const counts: BatchCounts = { queued: 0, running: 0, succeeded: 0, failed: 0, canceled: 0, expired: 0 };
  let total = 0;
  for (const { job, state } of jobs) {
    total += job.filenames.length;
    for (const index of job.filenames.keys()) counts[state ? changeAt(state, index).to : 'expired']++;
  }
  return { id, total, finished: counts.queued + counts.running === 0, counts };
}
