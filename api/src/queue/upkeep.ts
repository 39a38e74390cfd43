import type { Logger } from '@inkqueue/shared/node/log';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { isRedisAway } from '@inkqueue/shared/node/redis';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import type { JobQueue } from './bullmq.ts';
import { jobCreatedAt } from './ids.ts';
import type { RedisMemory } from './redis-memory.ts';

/** A fault is gone within two rounds. */
const ROUND_MS = 20_000;
/** Between storing images and adding their job, and between a job's end and the release of its images, less time passes. */
const SETTLED_MS = 15_000;
/** Finished jobs looked at to learn how many predictions a job holds. */
const SAMPLE = 50;
/** Share of the finished jobs that is dropped at a time while Redis is short of memory. */
const DROPPED_SHARE = 0.1;

/**
 * Heals what processes that died left behind, whoever left it: images whose job ended or was never added go off the books,
 * and finished results are held to their bounds. Every api does this; doing it twice changes nothing.
 */
export function createUpkeep(options: {
  connection: Redis;
  prefix: string;
  queue: JobQueue;
  uploads: Pick<Uploads, 'jobs' | 'release' | 'recount'>;
  memory: Pick<RedisMemory, 'shouldDropResults'>;
  /** Most finished predictions kept. */
  resultsMax: number;
  log: Logger;
}) {
  const { connection, prefix, queue, uploads, memory, resultsMax, log } = options;

  /** Images of jobs that do not wait or run any more. */
  async function releaseOrphans(now: number): Promise<void> {
    for await (const jobIds of uploads.jobs()) {
      const old = jobIds.filter((jobId) => jobCreatedAt(jobId) < now - SETTLED_MS);
      if (old.length === 0) continue;
      const pipeline = connection.pipeline();
      for (const jobId of old) pipeline.hmget(`${prefix}:${QUEUE_NAME}:${jobId}`, 'timestamp', 'finishedOn');
      const found = (await pipeline.exec()) ?? [];
      const orphans = old.filter((_, i) => isOver(found[i]?.[1], now));
      await Promise.all(orphans.map(uploads.release));
      if (orphans.length > 0) log.warn({ jobs: orphans.length }, 'released images that no job needs');
    }
    await uploads.recount();
  }

  /** How many predictions a finished job holds, from the oldest ones. */
  async function predictionsPerJob(): Promise<number> {
    const jobs = await queue.getJobs(['completed'], 0, SAMPLE - 1, true);
    const sizes = jobs.map((job) => job?.data?.pictures?.length ?? 1);
    return sizes.length === 0 ? 1 : sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  }

  async function dropResults(): Promise<void> {
    const { completed = 0, failed = 0 } = await queue.getJobCounts('completed', 'failed');
    const jobsMax = Math.ceil(resultsMax / (await predictionsPerJob()));
    const short = memory.shouldDropResults() ? Math.ceil((completed + failed) * DROPPED_SHARE) : 0;
    const excess = Math.max(completed + failed - jobsMax, short);
    if (excess <= 0) return;
    const dropped = await queue.clean(0, excess, 'completed');
    if (dropped.length < excess) await queue.clean(0, excess - dropped.length, 'failed');
    if (short > 0) log.warn({ jobs: excess }, 'dropped the oldest results: Redis is short of memory');
  }

  async function round(): Promise<void> {
    if (connection.status !== 'ready') return;
    try {
      await releaseOrphans(Date.now());
      await dropResults();
    } catch (error) {
      if (!isRedisAway(error)) log.error({ err: error }, 'upkeep failed');
    }
  }

  const timer = setInterval(round, ROUND_MS);
  // Memory may run short within seconds.
  const pressure = setInterval(() => {
    if (memory.shouldDropResults()) void dropResults().catch(() => {});
  }, 1_000);

  return {
    round,
    close(): void {
      clearInterval(timer);
      clearInterval(pressure);
    },
  };
}

/** `values` are a job's timestamp and end; a job that does not exist has neither. */
function isOver(values: unknown, now: number): boolean {
  const [timestamp, finishedOn] = Array.isArray(values) ? values : [];
  return timestamp === null || (typeof finishedOn === 'string' && Number(finishedOn) < now - SETTLED_MS);
}
