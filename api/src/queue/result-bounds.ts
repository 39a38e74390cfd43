import type { Logger } from '@inkqueue/shared/node/log';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import type { JobQueue } from './bullmq.ts';
import type { RedisMemory } from './redis-memory.ts';

const KINDS = ['completed', 'failed'] as const;
type Kind = (typeof KINDS)[number];

/** Jobs looked at, spread over all, to learn how many predictions a job holds. */
const SAMPLE_JOBS = 100;
/** Jobs dropped at a time. */
const CHUNK_JOBS = 100;
/** Jobs that outlived their time dropped at once. */
const AGED_JOBS = 10_000;
/** Share of the finished jobs that is dropped at a time while Redis is short of memory. */
const DROPPED_SHARE = 0.1;
/** A result stays this long for the client that waits for it, unless no image finds room any more. */
const FRESH_MS = 60_000;
const FRESH_WHEN_FULL_MS = 5_000;

/** The bounds on finished predictions: their number, and the memory of Redis. The oldest go first. */
export function createResultBounds(options: {
  queue: JobQueue;
  uploads: Pick<Uploads, 'held'>;
  memory: Pick<RedisMemory, 'shouldDropResults' | 'hasRoomForUploads'>;
  /** Most finished predictions kept, and how long. */
  resultsMax: number;
  resultTtlMs: number;
  log: Logger;
}) {
  const { queue, uploads, memory, resultsMax, resultTtlMs, log } = options;

  /** How many predictions jobs hold, by their place from the oldest on. */
  async function sizes(kind: Kind, from: number, count: number): Promise<number[]> {
    const jobs = await queue.getJobs([kind], from, from + count - 1, true);
    return jobs.map((job) => job?.data?.pictures?.length ?? 1);
  }

  /** About how many predictions the finished jobs hold: the oldest ones alone may differ from the others. */
  async function estimate(kind: Kind, jobs: number): Promise<number> {
    if (jobs <= SAMPLE_JOBS) return sum(await sizes(kind, 0, SAMPLE_JOBS));
    const places = Array.from({ length: SAMPLE_JOBS }, (_, i) => Math.floor((i * jobs) / SAMPLE_JOBS));
    const sample = await Promise.all(places.map((place) => sizes(kind, place, 1)));
    return (sum(sample.flat()) / SAMPLE_JOBS) * jobs;
  }

  /** Of which kind the job is that ended first; null where none has ended. */
  async function oldestKind(): Promise<Kind | null> {
    const [[completed], [failed]] = await Promise.all([
      queue.getJobs(['completed'], 0, 0, true),
      queue.getJobs(['failed'], 0, 0, true),
    ]);
    if (!completed || !failed) return completed ? 'completed' : failed ? 'failed' : null;
    return (completed.finishedOn ?? 0) <= (failed.finishedOn ?? 0) ? 'completed' : 'failed';
  }

  return {
    async holdToNumber(): Promise<void> {
      const counts = await queue.getJobCounts(...KINDS);
      let excess = -resultsMax;
      for (const kind of KINDS) excess += await estimate(kind, counts[kind] ?? 0);
      while (excess > 0) {
        const kind = await oldestKind();
        if (!kind) break;
        const oldest = await sizes(kind, 0, CHUNK_JOBS);
        let jobs = 0;
        while (jobs < oldest.length && excess > 0) excess -= oldest[jobs++] ?? 1;
        if ((await queue.clean(0, jobs, kind)).length < jobs) break;
      }
    },
    /** BullMQ drops a job that outlived its time when another one of its kind ends: canceled ones end without it. */
    async holdToAge(): Promise<void> {
      await queue.clean(resultTtlMs, AGED_JOBS, 'failed');
    },
    async holdToMemory(): Promise<void> {
      const { bytes } = await uploads.held();
      if (!memory.shouldDropResults(bytes)) return;
      const { completed = 0, failed = 0 } = await queue.getJobCounts(...KINDS);
      const most = Math.ceil((completed + failed) * DROPPED_SHARE);
      const graceMs = memory.hasRoomForUploads() ? FRESH_MS : FRESH_WHEN_FULL_MS;
      let dropped = 0;
      while (dropped < most) {
        const kind = await oldestKind();
        const jobs = kind ? await queue.clean(graceMs, Math.min(CHUNK_JOBS, most - dropped), kind) : [];
        if (jobs.length === 0) break;
        dropped += jobs.length;
      }
      if (dropped > 0) log.warn({ jobs: dropped }, 'dropped the oldest results: Redis is short of memory');
    },
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
