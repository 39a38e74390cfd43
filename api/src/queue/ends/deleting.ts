import { jobResult } from '@inkqueue/shared/contracts/job';
import { toPredictionError } from '@inkqueue/shared/contracts/problems';
import { TAKE_KEPT, type Uploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import { type JobQueue, jobKeys } from '../bullmq.ts';
import type { Address } from '../ids.ts';
import { type Settled, settledField, settledOf } from './settled.ts';

const DELETED = JSON.stringify({ deleted: true } satisfies Settled);
/** In the place of a deleted outcome, which shows nowhere. */
const NO_OUTCOME = { canceled: toPredictionError('canceled', 'It was deleted.') };

/**
 * Marks predictions of a job as deleted, and notes the job as one whose results are to go: both or neither, since the api
 * answers a client that repeats the request that they are gone.
 *
 * KEYS: job; kept, all, sizes, bytes (the books of what is kept); the note. ARGV: settled value, job; then field and index of each.
 * Returns how many of the job are deleted, and how many there are; 0, 0 where there is no such job.
 */
const DELETE = `${TAKE_KEPT}
if redis.call('EXISTS', KEYS[1]) == 0 then return {0, 0} end
local new, unsettled = 0, 0
for i = 3, #ARGV, 2 do
  local before = redis.call('HGET', KEYS[1], ARGV[i])
  if before ~= ARGV[1] then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[1])
    new = new + 1
    if not before then unsettled = unsettled + 1 end
  end
  takeKept(KEYS[2], KEYS[3], KEYS[4], KEYS[5], ARGV[2], ARGV[i + 1])
end
redis.call('HINCRBY', KEYS[1], 'settled', unsettled)
local deleted = redis.call('HINCRBY', KEYS[1], 'deleted', new)
local total = #cjson.decode(redis.call('HGET', KEYS[1], 'data')).pictures
redis.call('HSET', KEYS[6], ARGV[2], deleted == total and 1 or 0)
return {deleted, total}`;

/**
 * Takes outcomes out of a job that has ended, and the event of its end, which holds them too, out of the stream.
 *
 * KEYS: job, events. ARGV: job, the return value as it was read, and as it should be; the first and the last event to look at.
 * Returns 0 where the return value has changed since.
 */
const REPLACE = `
if redis.call('HGET', KEYS[1], 'returnvalue') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'returnvalue', ARGV[3])
redis.call('HDEL', KEYS[1], 'progress')
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], ARGV[4], ARGV[5])) do
  local fields = {}
  for i = 1, #entry[2], 2 do fields[entry[2][i]] = entry[2][i + 1] end
  if fields.jobId == ARGV[1] and fields.event == 'completed' then redis.call('XDEL', KEYS[2], entry[1]) end
end
return 1`;

/** How far the time of an event may be from that of the end that it tells, by the clocks of two machines. */
const CLOCKS_MS = 500;

interface DeleteCommands {
  deletePredictions(...args: (string | number)[]): Promise<[number, number]>;
  replaceReturnValue(...args: (string | number)[]): Promise<number>;
}

/** Deletes predictions that have ended: their results, and what says that they were. */
export function createDeleting(options: {
  connection: Redis;
  prefix: string;
  queue: JobQueue;
  uploads: Pick<Uploads, 'keptKeys'>;
}) {
  const { connection, prefix, queue, uploads } = options;
  connection.defineCommand('deletePredictions', { numberOfKeys: 6, lua: DELETE });
  connection.defineCommand('replaceReturnValue', { numberOfKeys: 2, lua: REPLACE });
  const commands = connection as unknown as DeleteCommands;
  /** Jobs that a worker still runs, whose results go once they are there: every process finds them here. */
  const pendingKey = `${prefix}:deleting`;
  /** Those of them that this process knows: it does so at once. */
  const pending = new Set<string>();

  async function removeOutcomes(jobId: string, finishedAt: number): Promise<void> {
    const { job, events } = jobKeys(prefix, jobId);
    const [from, to] = [finishedAt - CLOCKS_MS, finishedAt + CLOCKS_MS];
    for (;;) {
      const record = await connection.hgetall(job);
      const before = record.returnvalue;
      if (before === undefined) return;
      const result = jobResult.safeParse(JSON.parse(before));
      if (!result.success) return;
      const entries = settledOf(record);
      const isDeleted = (index: number) => 'deleted' in (entries.get(index) ?? {});
      const outcomes = result.data.outcomes.map((outcome, i) => (isDeleted(i) ? NO_OUTCOME : outcome));
      const after = JSON.stringify({ ...result.data, outcomes });
      if ((await commands.replaceReturnValue(job, events, jobId, before, after, from, to)) === 1) return;
    }
  }

  /** @returns false where a worker still runs the job */
  async function finish(jobId: string, isAll: boolean): Promise<boolean> {
    const { job } = jobKeys(prefix, jobId);
    const finishedOn = await connection.hget(job, 'finishedOn');
    if (finishedOn === null) return (await connection.exists(job)) === 0;
    await removeOutcomes(jobId, Number(finishedOn));
    if (isAll) await queue.remove(jobId);
    return true;
  }

  async function deleteIn(jobId: string, indices: ReadonlySet<number>): Promise<void> {
    const { job } = jobKeys(prefix, jobId);
    const fields = [...indices].flatMap((index) => [settledField(index), index]);
    const keys = [job, ...uploads.keptKeys(jobId), pendingKey];
    const [deleted, total] = await commands.deletePredictions(...keys, DELETED, jobId, ...fields);
    if (total === 0) return;
    const isAll = deleted === total;
    pending.add(jobId);
    await finishPending(jobId, isAll);
  }

  async function finishPending(jobId: string, isAll: boolean): Promise<void> {
    if (!(await finish(jobId, isAll))) return;
    pending.delete(jobId);
    await connection.hdel(pendingKey, jobId);
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
      if (!pending.delete(jobId)) return null;
      return connection.hget(pendingKey, jobId).then((isAll) => finishPending(jobId, isAll === '1'));
    },
    /** Does the same for what a process left behind that died. */
    async finishAll(): Promise<void> {
      const left = Object.entries(await connection.hgetall(pendingKey));
      for (const [jobId, isAll] of left) await finishPending(jobId, isAll === '1');
    },
  };
}
