import { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobData, JobResult } from '../contracts/job.ts';

export const QUEUE_NAME = 'predictions';

/** Events kept for readers that fall behind. A reader that falls further checks the state of what it waits for. */
const EVENTS_KEPT = 50_000;

export type PredictionQueue = Queue<JobData, JobResult, 'predict'>;

/** How long finished predictions stay readable, by age and by number, whichever comes first. */
export interface Retention {
  ageSeconds: number;
  count: number;
}

/** The producing side of the queue. Bad input is not retried (UnrecoverableError); everything else is, with backoff. */
export function createQueue(options: {
  connection: Redis;
  prefix: string;
  retention: Retention;
}): PredictionQueue {
  const keep = { age: options.retention.ageSeconds, count: options.retention.count };
  return new Queue<JobData, JobResult, 'predict'>(QUEUE_NAME, {
    connection: options.connection,
    prefix: options.prefix,
    streams: { events: { maxLen: EVENTS_KEPT } },
    defaultJobOptions: {
      attempts: 3,
      backoff: { type: 'exponential', delay: 200 },
      removeOnComplete: keep,
      removeOnFail: keep,
      stackTraceLimit: 3,
    },
  });
}

/**
 * The one reader of the queue's events in a process, not yet running.
 *
 * BullMQ's default start, `$`, is evaluated anew at each poll until a first event is seen, and loses what comes in
 * between; so the reader starts at the stream's last id as it is now.
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

/** How many jobs are taken before this one. Null for one that is not waiting: taken just now, or due for a retry. */
export async function queuePosition(options: {
  connection: Redis;
  prefix: string;
  jobId: string;
}): Promise<number | null> {
  const { connection, prefix, jobId } = options;
  const wait = `${prefix}:${QUEUE_NAME}:wait`;
  // Jobs without a priority are pushed at the head of the list and taken from its tail; the others come after them all.
  const [index, length, rank] = await Promise.all([
    connection.lpos(wait, jobId),
    connection.llen(wait),
    connection.zrank(`${prefix}:${QUEUE_NAME}:prioritized`, jobId),
  ]);
  if (index !== null) return Math.max(0, length - 1 - index);
  return rank === null ? null : length + rank;
}
