import type { PredictionError } from '@inkqueue/shared/contracts/problems';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import { jobKeys } from '../bullmq.ts';
import { settledField } from './settled.ts';

/**
 * Settles predictions of one job as canceled, and frees their bytes: an empty value is left for the worker, which skips it.
 * A job of which all predictions are settled leaves the queue while it waits. Atomic against BullMQ's own scripts: no worker
 * takes or ends the job meanwhile.
 *
 * KEYS: job, wait, prioritized, delayed, failed, events (BullMQ's); uploads, sizes, count, bytes, deadlines (the books').
 * ARGV: job, now, events kept, '1' for predictions that still wait alone; then index, field, and error of each.
 * Returns for each index: 1 it is canceled while its job waits, 2 while a worker runs its job, 0 it is not canceled (ended, settled before,
 * or running while only waiting ones are meant); and nothing where there is no such job.
 */
const CANCEL = `
if redis.call('EXISTS', KEYS[1]) == 0 then return {} end
local finished = redis.call('HEXISTS', KEYS[1], 'finishedOn') == 1
local waits = redis.call('ZSCORE', KEYS[3], ARGV[1]) or redis.call('ZSCORE', KEYS[4], ARGV[1])
  or redis.call('LPOS', KEYS[2], ARGV[1])
local started = redis.call('HGET', KEYS[1], 'processedOn')
local replies, settled, freed, bytes = {}, 0, 0, 0
for i = 5, #ARGV, 3 do
  local index, field, error = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local value = '{"canceled":' .. error .. ',"at":' .. ARGV[2] .. ',"started_at":' .. (started or 'null') .. '}'
  if finished or (ARGV[4] == '1' and not waits) or redis.call('HSETNX', KEYS[1], field, value) == 0 then
    replies[#replies + 1] = 0
  else
    replies[#replies + 1] = waits and 1 or 2
    settled = settled + 1
    local size = redis.call('HSTRLEN', KEYS[7], index)
    if size > 0 then
      redis.call('HSET', KEYS[7], index, '')
      freed = freed + 1
      bytes = bytes + size
    end
    redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[3], '*', 'event', 'canceled', 'jobId', ARGV[1], 'index', index,
      'at', ARGV[2], 'startedAt', started or '', 'error', error)
  end
end
if settled == 0 then return replies end
local book = redis.call('HGET', KEYS[8], ARGV[1])
if book and freed > 0 then
  local count, size, after = string.match(book, '(%d+) (%d+)(.*)')
  redis.call('HSET', KEYS[8], ARGV[1], (count - freed) .. ' ' .. (size - bytes) .. after)
  redis.call('DECRBY', KEYS[9], freed)
  redis.call('DECRBY', KEYS[10], bytes)
end
local total = #cjson.decode(redis.call('HGET', KEYS[1], 'data')).pictures
if redis.call('HINCRBY', KEYS[1], 'settled', settled) < total or not waits then return replies end
redis.call('LREM', KEYS[2], 1, ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('HSET', KEYS[1], 'finishedOn', ARGV[2], 'failedReason', 'canceled')
redis.call('ZADD', KEYS[5], ARGV[2], ARGV[1])
redis.call('DEL', KEYS[7])
local rest, left = string.match(redis.call('HGET', KEYS[8], ARGV[1]) or '0 0', '(%d+) (%d+)')
redis.call('DECRBY', KEYS[9], rest)
redis.call('DECRBY', KEYS[10], left)
redis.call('HDEL', KEYS[8], ARGV[1])
redis.call('ZREM', KEYS[11], ARGV[1])
return replies`;

interface CancelCommand {
  cancelPredictions(...args: (string | number)[]): Promise<number[]>;
}

/** When a prediction was canceled: while its job waited, or while a worker ran it; null where it had ended before. */
export type Canceled = 'waiting' | 'running' | null;

const REPLIES: readonly Canceled[] = [null, 'waiting', 'running'];

/** The script that takes predictions out of the queue. */
export function createCancelScript(options: {
  connection: Redis;
  prefix: string;
  uploads: Pick<Uploads, 'bookKeys'>;
  /** Events kept in the queue's stream. */
  eventsKept: number;
}) {
  const { connection, prefix, uploads, eventsKept } = options;
  connection.defineCommand('cancelPredictions', { numberOfKeys: 11, lua: CANCEL });
  const { cancelPredictions } = connection as unknown as CancelCommand;

  /**
   * Cancels predictions of one job that have not ended: those that a worker runs already too, unless `onlyWaiting`.
   *
   * @returns when each was canceled by this; null where there is no such job
   */
  return async (
    jobId: string,
    errors: ReadonlyMap<number, PredictionError>,
    { onlyWaiting = false } = {},
  ): Promise<Canceled[] | null> => {
    const { job, wait, prioritized, delayed, failed, events } = jobKeys(prefix, jobId);
    const at = Date.now();
    const settled = [...errors].flatMap(([index, error]) => [
      index,
      settledField(index),
      JSON.stringify(error),
    ]);
    const keys = [job, wait, prioritized, delayed, failed, events, ...uploads.bookKeys(jobId)];
    const replies = await cancelPredictions.call(
      connection,
      ...keys,
      jobId,
      at,
      eventsKept,
      onlyWaiting ? 1 : 0,
      ...settled,
    );
    return replies.length === 0 ? null : replies.map((reply) => REPLIES[reply] ?? null);
  };
}
