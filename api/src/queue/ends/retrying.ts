import type { JobData } from '@inkqueue/shared/contracts/job';
import { isServiceFault } from '@inkqueue/shared/contracts/problems';
import { TAKE_KEPT, type Uploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import { type JobQueue, jobKeys } from '../bullmq.ts';
import type { JobRecords } from '../jobs/job-records.ts';
import type { PredictionState } from '../state.ts';
import { type Settled, settledField } from './settled.ts';

/** A retry is on its way for about so long. */
const JUST_MS = 5_000;

/** Why a prediction is not read again. */
export type NotRetried = 'not-failed' | 'no-bytes' | 'runs';

/**
 * Prepares a job that has ended to be read again for some of its predictions: their bytes go back on the books, and the others
 * are settled as they are. What the worker of the run before has not released yet goes. BullMQ's notes of attempts and lost workers go.
 *
 * KEYS: job, events; kept, all, sizes, bytes (the books of what is kept); uploads, sizes, count, bytes (the books).
 * ARGV: job, finishedOn as it was read, how many others, the job's new data, events kept, now, how long a retry is on
 * its way; field and value of each other; then the indices.
 * Returns 1, 0 where the job has changed since, -1 where bytes are missing.
 */
const PREPARE = `${TAKE_KEPT}
if redis.call('HGET', KEYS[1], 'finishedOn') ~= ARGV[2] then return 0 end
local since = ARGV[6] - (redis.call('HGET', KEYS[1], 'retriedAt') or 0)
if redis.call('HGET', KEYS[1], 'retryOf') == ARGV[2] and since < tonumber(ARGV[7]) then return 0 end
local first = 8 + 2 * ARGV[3]
for i = first, #ARGV do
  if redis.call('HSTRLEN', KEYS[3], ARGV[i]) == 0 then return -1 end
end
redis.call('DEL', KEYS[7])
local held, size = string.match(redis.call('HGET', KEYS[8], ARGV[1]) or '0 0', '(%d+) (%d+)')
local settled, count, bytes = 0, 0, 0
for i = 8, first - 1, 2 do settled = settled + redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1]) end
for i = first, #ARGV do
  local image = takeKept(KEYS[3], KEYS[4], KEYS[5], KEYS[6], ARGV[1], ARGV[i])
  redis.call('HSET', KEYS[7], ARGV[i], image)
  settled = settled - redis.call('HDEL', KEYS[1], 'settled:' .. ARGV[i])
  count, bytes = count + 1, bytes + #image
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[5], '*', 'event', 'retried', 'jobId', ARGV[1], 'index', ARGV[i])
end
redis.call('HINCRBY', KEYS[1], 'settled', settled)
redis.call('HDEL', KEYS[1], 'stc', 'progress')
redis.call('HSET', KEYS[1], 'retriedAt', ARGV[6], 'retryOf', ARGV[2])
redis.call('HSET', KEYS[1], 'data', ARGV[4])
redis.call('HSET', KEYS[8], ARGV[1], count .. ' ' .. bytes .. ' ' .. ARGV[2])
redis.call('INCRBY', KEYS[9], count - held)
redis.call('INCRBY', KEYS[10], bytes - size)
return 1`;

interface PrepareCommand {
  prepareRetry(...args: (string | number)[]): Promise<number>;
}

/** Reads again what failed by the service's fault, under the same id, as long as its bytes are kept. */
export function createRetrying(options: {
  connection: Redis;
  prefix: string;
  queue: JobQueue;
  uploads: Pick<Uploads, 'bookKeys' | 'keptKeys'>;
  records: Pick<JobRecords, 'job'>;
  /** Events kept in the queue's stream. */
  eventsKept: number;
}) {
  const { connection, prefix, queue, uploads, records, eventsKept } = options;
  connection.defineCommand('prepareRetry', { numberOfKeys: 10, lua: PREPARE });
  const { prepareRetry } = connection as unknown as PrepareCommand;

  /** Whether another request has just had the job run again: then its bytes are on their way. */
  async function isRetried(jobId: string): Promise<boolean> {
    const at = await connection.hget(jobKeys(prefix, jobId).job, 'retriedAt');
    return at !== null && Number(at) + JUST_MS > Date.now();
  }

  return {
    /**
     * Reads those of a job's predictions at `indices` again that failed by the service's fault and whose bytes are kept.
     *
     * @returns how many; or why not one
     */
    async retry(jobId: string, indices: readonly number[]): Promise<number | NotRetried> {
      const job = await queue.getJob(jobId);
      const states = await records.job(jobId);
      if (!job || !states) return 'not-failed';
      const failed = indices.filter((index) => isOurFault(states[index]));
      if (failed.length === 0) return indices.some((index) => isOpen(states[index])) ? 'runs' : 'not-failed';
      if (job.finishedOn === undefined) return 'runs';
      const [keptKey = ''] = uploads.keptKeys(jobId);
      const kept = await connection.hkeys(keptKey);
      const again = failed.filter((index) => kept.includes(String(index)));
      if (again.length === 0) return (await isRetried(jobId)) ? 'runs' : 'no-bytes';
      const others = states.flatMap((state, index) => {
        const value = again.includes(index) ? null : settledAs(state);
        return value ? [settledField(index), JSON.stringify(value)] : [];
      });
      const wasCompleted = (await queue.getJobState(jobId)) === 'completed';
      const at = jobKeys(prefix, jobId);
      const prepared = await prepareRetry.call(
        connection,
        at.job,
        at.events,
        ...uploads.keptKeys(jobId),
        ...uploads.bookKeys(jobId).slice(0, 4),
        jobId,
        job.finishedOn,
        others.length / 2,
        JSON.stringify(onlyAt(job.data, again)),
        eventsKept,
        Date.now(),
        JUST_MS,
        ...others,
        ...again,
      );
      if (prepared === 0) return 'runs';
      if (prepared === -1) return (await isRetried(jobId)) ? 'runs' : 'no-bytes';
      await job.retry(wasCompleted ? 'completed' : 'failed', {
        resetAttemptsMade: true,
        resetAttemptsStarted: true,
      });
      return again.length;
    },
  };
}

const isOpen = (state: PredictionState | null | undefined) =>
  state?.status === 'queued' || state?.status === 'running';

const isOurFault = (state: PredictionState | null | undefined) =>
  state?.status === 'failed' && isServiceFault(state.error.code);

/** What ended before keeps its end. */
function settledAs(state: PredictionState | null): Settled | null {
  switch (state?.status) {
    case 'succeeded': {
      const { status: _, startedAt, finishedAt, model, worker, ...outcome } = state;
      return { outcome, model, worker, started_at: startedAt, finished_at: finishedAt };
    }
    case 'failed':
      return { failed: state.error, started_at: state.startedAt, finished_at: state.finishedAt };
    case 'canceled':
      return { canceled: state.error, at: state.finishedAt, started_at: state.startedAt };
    default:
      return { deleted: true };
  }
}

/** A deadline was for the first time. */
function onlyAt(data: JobData, again: readonly number[]): JobData {
  const pictures = data.pictures.map((picture, index) => {
    if ('refused' in picture) return picture;
    const { deadline: _, settled: __, ...rest } = picture;
    return again.includes(index) ? rest : { ...rest, settled: true as const };
  });
  return { ...data, pictures };
}
