import type { Redis } from 'ioredis';
import { ProblemError } from '../errors.ts';
import { queuePosition } from './bullmq.ts';
import type { Ids } from './ids.ts';
import type { JobRecords } from './jobs/job-records.ts';
import type { Rates } from './rates.ts';
import type { PredictionState } from './state.ts';

/** Finds a prediction by the id that a client sends; of one that waits, with its place in the queue. */
export function createFinding(options: {
  connection: Redis;
  prefix: string;
  ids: Pick<Ids, 'find'>;
  records: Pick<JobRecords, 'states'>;
  rates: Pick<Rates, 'jobsPerSecond'>;
}) {
  const { connection, prefix, ids, records, rates } = options;
  /** @throws ProblemError prediction-not-found, prediction-expired */
  return async (id: string): Promise<PredictionState> => {
    const address = ids.find(id);
    if (!address) throw new ProblemError('prediction-not-found', 'No prediction has this id.');
    const [state] = await records.states([id]);
    if (!state) throw new ProblemError('prediction-expired', 'The prediction is no longer kept.');
    if (state.status !== 'queued') return state;
    const position = await queuePosition({ connection, prefix, jobId: address.jobId });
    const rate = rates.jobsPerSecond();
    const startMs = position === null || rate === null ? null : Math.round((position / rate) * 1_000);
    return { ...state, position, startMs };
  };
}
