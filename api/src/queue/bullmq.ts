import type { JobData, JobResult } from '@inkqueue/shared/contracts/job';
import { type PredictionError, toPredictionError } from '@inkqueue/shared/contracts/problems';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import { JOB_FAILED } from './state.ts';

// Everything here that is not BullMQ's public API (its key names, its text for a stalled job) has a test beside it.

/** Events kept for readers that fall behind. A reader that falls further checks the state of what it waits for. */
export const EVENTS_KEPT = 50_000;
/** Further than events that were written, and not read by the one who says how far it read. */
const CLOCK_STEP_MS = 1_000;
/** BullMQ's score of a waiting job is its priority times this, and a counter on top. */
const PRIORITY_SCORE = 0x1_00_00_00_00;
/** What BullMQ says of a job that it took from dead workers too often. */
const STALLED = 'job stalled more than allowable limit';

export type JobQueue = ReturnType<typeof createJobQueue>;

/** The producing side of the queue. A job that fails is retried with backoff; bad input is an outcome, not a failure. */
export function createJobQueue(options: {
  connection: Redis;
  prefix: string;
  /** How long finished jobs stay, by age and by number, whichever limit comes first; absent for who adds no jobs. */
  retention?: { ageSeconds: number; count: number };
}) {
  const { retention } = options;
  const keep = retention && { age: retention.ageSeconds, count: retention.count };
  return new Queue<JobData, JobResult, 'predict'>(QUEUE_NAME, {
    connection: options.connection,
    prefix: options.prefix,
    streams: { events: { maxLen: EVENTS_KEPT } },
    defaultJobOptions: {
      attempts: 3,
      backoff: { type: 'exponential', delay: 200 },
      ...(keep && { removeOnComplete: keep, removeOnFail: keep }),
      stackTraceLimit: 3,
    },
  });
}

/**
 * The one reader of the queue's events in a process, not yet running.
 *
 * BullMQ's default start, `$`, is evaluated anew at each poll until a first event arrives, and loses the events between
 * two polls; so the reader starts at the stream's last id as it is now.
 */
export async function createQueueEvents(options: {
  connection: Redis;
  prefix: string;
}): Promise<QueueEvents> {
  const stream = `${options.prefix}:${QUEUE_NAME}:events`;
  const [last] = await options.connection.xrevrange(stream, '+', '-', 'COUNT', 1);
  return new QueueEvents(QUEUE_NAME, {
    connection: options.connection,
    prefix: options.prefix,
    autorun: false,
    lastEventId: last?.[0] ?? '0-0',
  });
}

/**
 * Makes a queue whose Redis lost its data usable for processes that go on: BullMQ writes the queue's settings at start only,
 * and readers of the event stream would skip events whose ids, made of the new server's clock, are lower than the last one.
 *
 * @param options.lastEventId about how far the old stream was read
 */
export async function restoreQueue(options: {
  connection: Redis;
  prefix: string;
  queue: JobQueue;
  lastEventId: string;
}): Promise<void> {
  const { connection, prefix, queue, lastEventId } = options;
  await queue.getBackend().setQueueMeta(queue.metaValues);
  const next = `${eventTime(lastEventId) + CLOCK_STEP_MS}-0`;
  try {
    await connection.xadd(`${prefix}:${QUEUE_NAME}:events`, next, 'event', 'restored');
  } catch (error) {
    // The new stream is further already.
    if (!(error instanceof Error && error.message.includes('equal or smaller'))) throw error;
  }
}

/** Where BullMQ keeps a job and its states, in Redis. */
export function jobKeys(prefix: string, jobId: string) {
  const queue = `${prefix}:${QUEUE_NAME}`;
  return {
    job: `${queue}:${jobId}`,
    wait: `${queue}:wait`,
    prioritized: `${queue}:prioritized`,
    delayed: `${queue}:delayed`,
    failed: `${queue}:failed`,
    events: `${queue}:events`,
  };
}

/** When BullMQ wrote an event, by Redis's clock, in Unix milliseconds: the ids of a Redis stream start with it. */
export function eventTime(eventId: string): number {
  return Number.parseInt(eventId, 10);
}

/** How many jobs workers take before this one. Null for a job that does not wait: taken just now, or due for a retry. */
export async function queuePosition(options: {
  connection: Redis;
  prefix: string;
  jobId: string;
}): Promise<number | null> {
  const { connection, prefix, jobId } = options;
  const wait = `${prefix}:${QUEUE_NAME}:wait`;
  // BullMQ pushes jobs without a priority at the head of the list and takes them from its tail; the others come after.
  const [index, length, rank] = await Promise.all([
    connection.lpos(wait, jobId),
    connection.llen(wait),
    connection.zrank(`${prefix}:${QUEUE_NAME}:prioritized`, jobId),
  ]);
  if (index !== null) return Math.max(0, length - 1 - index);
  return rank === null ? null : length + rank;
}

/** The priority of the job that workers take first of those with at least the priority `from`; null where none waits. */
export async function lowestPriority(options: {
  connection: Redis;
  prefix: string;
  from: number;
}): Promise<number | null> {
  const { connection, prefix, from } = options;
  const key = `${prefix}:${QUEUE_NAME}:prioritized`;
  const [, score] = await connection.zrangebyscore(
    key,
    from * PRIORITY_SCORE,
    '+inf',
    'WITHSCORES',
    'LIMIT',
    0,
    1,
  );
  return score === undefined ? null : Math.floor(Number(score) / PRIORITY_SCORE);
}

/** How many jobs with a priority wait: of those below the first bound, from there to the next one, and from the last one on. */
export async function countByPriority(options: {
  connection: Redis;
  prefix: string;
  bounds: readonly number[];
}): Promise<number[]> {
  const { connection, prefix, bounds } = options;
  const key = `${prefix}:${QUEUE_NAME}:prioritized`;
  const scores = bounds.map((bound) => bound * PRIORITY_SCORE);
  return Promise.all(
    [0, ...scores].map((from, i) =>
      connection.zcount(key, from, i < scores.length ? `(${scores[i]}` : '+inf'),
    ),
  );
}

/** The error of a job that BullMQ reports as failed. Its reason may hold what clients must not see. */
export function jobError(failedReason: string): PredictionError {
  return failedReason === STALLED
    ? toPredictionError('worker-lost', 'The workers that took this picture died while reading it.')
    : JOB_FAILED;
}
