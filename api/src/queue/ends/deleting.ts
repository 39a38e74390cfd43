import { jobResult } from '@inkqueue/shared/contracts/job';
import { toPredictionError } from '@inkqueue/shared/contracts/problems';
import { TAKE_KEPT, type Uploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import { type JobQueue, jobKeys } from '../bullmq.ts';
import type { Address } from '../ids.ts';
import { type Settled, settledField } from './settled.ts';

const DELETED = JSON.stringify({ deleted: true } satisfies Settled);
/** In the place of a deleted outcome, which shows nowhere. */
const NO_OUTCOME = { canceled: toPredictionError('canceled', 'It was deleted.') };

/**
 * Marks predictions of a job as deleted. KEYS: job, events; kept, all, sizes, bytes (the books of what is kept). ARGV: settled value,
 * job, events kept; then field and index of each.
 * Returns how many of the job are deleted, and how many there are; 0, 0 where there is no such job.
 */
const DELETE = `${TAKE_KEPT}
if redis.call('EXISTS', KEYS[1]) == 0 then return {0, 0} end
local new, unsettled = 0, 0
for i = 4, #ARGV, 2 do
  local before = redis.call('HGET', KEYS[1], ARGV[i])
  if before ~= ARGV[1] then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[1])
    new = new + 1
    if not before then unsettled = unsettled + 1 end
  end
  takeKept(KEYS[3], KEYS[4], KEYS[5], KEYS[6], ARGV[2], ARGV[i + 1])
end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], '*', 'event', 'deleted', 'jobId', ARGV[2])
redis.call('HINCRBY', KEYS[1], 'settled', unsettled)
local deleted = redis.call('HINCRBY', KEYS[1], 'deleted', new)
return {deleted, #cjson.decode(redis.call('HGET', KEYS[1], 'data')).pictures}`;

/** KEYS: job. ARGV: the return value as it was read, and as it should be. Returns 0 where it has changed since. */
const REPLACE = `
if redis.call('HGET', KEYS[1], 'returnvalue') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'returnvalue', ARGV[2])
return 1`;

interface DeleteCommands {
  deletePredictions(...args: (string | number)[]): Promise<[number, number]>;
  replaceReturnValue(...args: string[]): Promise<number>;
}

/** Deletes predictions that have ended: their results, and what says that they were. */
export function createDeleting(options: {
  connection: Redis;
  prefix: string;
  queue: JobQueue;
  uploads: Pick<Uploads, 'keptKeys'>;
  /** Events kept in the queue's stream. */
  eventsKept: number;
}) {
  const { connection, prefix, queue, uploads, eventsKept } = options;
  connection.defineCommand('deletePredictions', { numberOfKeys: 6, lua: DELETE });
  connection.defineCommand('replaceReturnValue', { numberOfKeys: 1, lua: REPLACE });
  const commands = connection as unknown as DeleteCommands;
  /** Jobs that a worker still runs, whose results are to be deleted once they are there. */
  const running = new Map<string, Set<number>>();

  async function removeOutcomes(jobId: string, indices: ReadonlySet<number>): Promise<void> {
    const { job } = jobKeys(prefix, jobId);
    for (;;) {
      const before = await connection.hget(job, 'returnvalue');
      if (before === null) return;
      const result = jobResult.safeParse(JSON.parse(before));
      if (!result.success) return;
      const outcomes = result.data.outcomes.map((outcome, i) => (indices.has(i) ? NO_OUTCOME : outcome));
      const after = JSON.stringify({ ...result.data, outcomes });
      if ((await commands.replaceReturnValue(job, before, after)) === 1) return;
    }
  }

  async function deleteIn(jobId: string, indices: ReadonlySet<number>): Promise<void> {
    const { job, events } = jobKeys(prefix, jobId);
    const fields = [...indices].flatMap((index) => [settledField(index), index]);
    const keys = [job, events, ...uploads.keptKeys(jobId)];
    const [deleted, total] = await commands.deletePredictions(...keys, DELETED, jobId, eventsKept, ...fields);
    if (total === 0) return;
    // With the last of them goes the job, unless a worker runs it.
    if (deleted === total && (await queue.remove(jobId)) === 1) return;
    if ((await connection.hexists(job, 'finishedOn')) === 1) return removeOutcomes(jobId, indices);
    running.set(jobId, new Set([...(running.get(jobId) ?? []), ...indices]));
  }

  return {
    /** Deletes predictions, which must have ended. */
    async delete(addresses: readonly Address[]): Promise<void> {
      const jobs = new Map<string, Set<number>>();
      for (const { jobId, index } of addresses) jobs.set(jobId, (jobs.get(jobId) ?? new Set()).add(index));
      await Promise.all([...jobs].map(([jobId, indices]) => deleteIn(jobId, indices)));
    },
    /** Deletes what could not be deleted before the end of a job; null where there is nothing. */
    jobEnded(jobId: string): Promise<void> | null {
      const indices = running.get(jobId);
      if (!indices) return null;
      running.delete(jobId);
      return deleteIn(jobId, indices);
    },
  };
}
