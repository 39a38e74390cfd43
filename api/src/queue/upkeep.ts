import type { Logger } from '@inkqueue/shared/node/log';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { isRedisAway } from '@inkqueue/shared/node/redis/connections';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import type { JobQueue } from './bullmq.ts';
import type { RedisMemory } from './redis-memory.ts';
import { createResultBounds } from './result-bounds.ts';

/** A fault is gone after two rounds. */
const ROUND_MS = 20_000;
/** Memory may run short within seconds. */
const MEMORY_MS = 1_000;

/**
 * Heals what processes that died left behind: images whose job ended or was never added go off the books,
 * and finished results are held to their bounds. Each api does the first; the second is done by one of them at a time.
 */
export function createUpkeep(options: {
  connection: Redis;
  prefix: string;
  queue: JobQueue;
  uploads: Pick<Uploads, 'jobs' | 'release' | 'recount' | 'held'>;
  memory: Pick<RedisMemory, 'shouldDropResults' | 'hasRoomForUploads'>;
  /** Most finished predictions kept, and how long. */
  resultsMax: number;
  resultTtlMs: number;
  ends: { finishDeleting: () => Promise<void> };
  log: Logger;
}) {
  const { connection, prefix, queue, uploads, memory, resultsMax, resultTtlMs, ends, log } = options;
  const bounds = createResultBounds({ queue, uploads, memory, resultsMax, resultTtlMs, log });
  /**
   * Jobs that were over in the round before. Images are stored a moment before their job is added, and released a moment
   * after it ended: those of a job that is over in two rounds are left behind.
   */
  let suspects = new Set<string>();

  async function releaseOrphans(): Promise<void> {
    const found = new Set<string>();
    for await (const jobIds of uploads.jobs()) {
      for (const jobId of await jobsOver(jobIds)) found.add(jobId);
    }
    const orphans = [...found].filter((jobId) => suspects.has(jobId));
    suspects = found;
    await Promise.all(orphans.map((jobId) => uploads.release(jobId)));
    if (orphans.length > 0) log.warn({ jobs: orphans.length }, 'released images that no job needs');
    await uploads.recount();
  }

  /** Those of the jobs that neither wait nor run. */
  async function jobsOver(jobIds: readonly string[]): Promise<string[]> {
    if (jobIds.length === 0) return [];
    const pipeline = connection.pipeline();
    for (const jobId of jobIds) pipeline.hmget(`${prefix}:${QUEUE_NAME}:${jobId}`, 'timestamp', 'finishedOn');
    const found = (await pipeline.exec()) ?? [];
    return jobIds.filter((_, i) => isOver(found[i]?.[1]));
  }

  /** Whether it is this api's turn: two that drop the excess at the same time would drop it twice. */
  async function takeTurn(name: string, forMs: number): Promise<boolean> {
    return (await connection.set(`${prefix}:upkeep:${name}`, 1, 'PX', forMs, 'NX')) === 'OK';
  }

  async function round(): Promise<void> {
    await releaseOrphans();
    if (!(await takeTurn('number', ROUND_MS / 2))) return;
    await bounds.holdToAge();
    await bounds.holdToNumber();
    await ends.finishDeleting();
  }

  async function watchMemory(): Promise<void> {
    if (await takeTurn('memory', MEMORY_MS / 2)) await bounds.holdToMemory();
  }

  const stopRound = every(ROUND_MS, round);
  const stopWatching = every(MEMORY_MS, watchMemory);

  /** Calls a task again and again, never twice at a time. @returns stops it */
  function every(ms: number, task: () => Promise<void>): () => void {
    let running = false;
    const timer = setInterval(async () => {
      if (running || connection.status !== 'ready') return;
      running = true;
      try {
        await task();
      } catch (error) {
        if (!isRedisAway(error)) log.error({ err: error }, 'upkeep failed');
      }
      running = false;
    }, ms);
    return () => clearInterval(timer);
  }

  return {
    releaseOrphans,
    close(): void {
      stopRound();
      stopWatching();
    },
  };
}

/** `values` are a job's timestamp and end; a job that does not exist has neither. */
function isOver(values: unknown): boolean {
  const [timestamp, finishedOn] = Array.isArray(values) ? values : [];
  return timestamp === null || typeof finishedOn === 'string';
}
