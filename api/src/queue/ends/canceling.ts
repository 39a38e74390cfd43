import { deadlinePassed } from '@inkqueue/shared/contracts/job';
import { type PredictionError, toPredictionError } from '@inkqueue/shared/contracts/problems';
import type { Counts } from '@inkqueue/shared/node/counts';
import type { Logger } from '@inkqueue/shared/node/log';
import { isRedisAway } from '@inkqueue/shared/node/redis/connections';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import type { Address } from '../ids.ts';
import type { JobRecords } from '../jobs/job-records.ts';
import { createCancelScript } from './cancel-script.ts';

/** How often predictions whose time has passed are looked for. Every api process looks; the first one cancels. */
const LOOK_MS = 100;
/** Jobs looked at at a time. */
const ROUND_JOBS = 100;
/** A job that runs when its time has passed may come back to the queue. */
const LOOK_AGAIN_MS = 1_000;

/** Why a prediction was canceled, apart from its deadline. */
export type CancelReason = 'asked' | 'client-gone' | 'purged';

const DETAILS: Record<CancelReason, string> = {
  asked: 'It was canceled before it ended, as a client asked.',
  purged: 'It was canceled because the operator of the service emptied the queue.',
  'client-gone': 'It was canceled because its client closed the connection before the answer.',
};

/** Ends predictions before a worker does: when a client asks, and when nobody began with them in time. */
export function createCanceling(options: {
  connection: Redis;
  prefix: string;
  uploads: Pick<Uploads, 'bookKeys' | 'deadlinesKey'>;
  counts: Pick<Counts, 'add'>;
  records: Pick<JobRecords, 'pictures'>;
  eventsKept: number;
  log: Logger;
}) {
  const { connection, uploads, counts, records, log } = options;
  const cancelPredictions = createCancelScript(options);
  /** Counts those that waited. A worker that runs one counts how its reading ends, unless it has not got the bytes yet. */
  const cancelIn = async (...wanted: Parameters<typeof cancelPredictions>) => {
    const replies = await cancelPredictions(...wanted);
    counts.add('canceled', replies?.filter((when) => when === 'waiting').length ?? 0);
    return replies;
  };
  const deadlines = uploads.deadlinesKey;

  /** The deadlines of a job's predictions that are still to come, after those that have passed are canceled. */
  async function endLate(jobId: string): Promise<void> {
    const pictures = await records.pictures(jobId);
    const now = Date.now();
    const late = new Map<number, PredictionError>();
    let next = Number.POSITIVE_INFINITY;
    for (const [index, picture] of (pictures ?? []).entries()) {
      if (!('deadline' in picture) || !picture.deadline) continue;
      if (picture.deadline.at <= now) late.set(index, deadlinePassed(picture.deadline));
      else next = Math.min(next, picture.deadline.at);
    }
    if (late.size > 0) await cancelIn(jobId, late, { onlyWaiting: true });
    // A job that is not there is being written. The release of its images takes it off the list, and none of
    // its predictions has a deadline any more once a worker has begun with all.
    const isDone = pictures && late.size === 0 && next === Number.POSITIVE_INFINITY;
    if (isDone) await connection.zrem(deadlines, jobId);
    else await connection.zadd(deadlines, 'XX', Math.min(next, now + LOOK_AGAIN_MS), jobId);
  }

  let isLooking = false;
  const timer = setInterval(async () => {
    if (isLooking || connection.status !== 'ready') return;
    isLooking = true;
    try {
      let due: string[];
      do {
        due = await connection.zrangebyscore(deadlines, '-inf', Date.now(), 'LIMIT', 0, ROUND_JOBS);
        await Promise.all(due.map(endLate));
      } while (due.length === ROUND_JOBS);
    } catch (error) {
      if (!isRedisAway(error)) log.error({ err: error }, 'could not end predictions whose time has passed');
    }
    isLooking = false;
  }, LOOK_MS);

  return {
    /** Cancels those of the predictions that have not ended. @returns how many */
    async cancel(addresses: readonly Address[], reason: CancelReason): Promise<number> {
      const error = toPredictionError('canceled', DETAILS[reason]);
      const jobs = new Map<string, Map<number, PredictionError>>();
      for (const { jobId, index } of addresses) {
        jobs.set(jobId, (jobs.get(jobId) ?? new Map()).set(index, error));
      }
      const replies = await Promise.all([...jobs].map(([jobId, errors]) => cancelIn(jobId, errors)));
      return replies.flat().filter((when) => when !== null).length;
    },
    close: () => clearInterval(timer),
  };
}
