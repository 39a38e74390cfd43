import type { Redis } from 'ioredis';

/** The list is cut to its length once in so many writes. */
const WRITES_PER_CUT = 100;

export type JobIndex = ReturnType<typeof createJobIndex>;

/** All jobs, newest first: their ids begin with their time, so that their order is that of the alphabet. */
export function createJobIndex(options: { connection: Redis; prefix: string; max: number }) {
  const { connection, prefix, max } = options;
  const key = `${prefix}:index`;
  let writes = 0;
  return {
    async note(jobId: string): Promise<void> {
      await connection.zadd(key, 0, jobId);
      if (++writes % WRITES_PER_CUT === 0) await connection.zremrangebyrank(key, 0, -(max + 1));
    },
    /** Jobs that were accepted before another one, or the newest ones. */
    before: (jobId: string | null, count: number): Promise<string[]> =>
      connection.zrange(key, jobId === null ? '+' : `(${jobId}`, '-', 'BYLEX', 'REV', 'LIMIT', 0, count),
    /** Takes jobs off that are no longer kept. */
    async forget(jobIds: readonly string[]): Promise<void> {
      if (jobIds.length > 0) await connection.zrem(key, ...jobIds);
    },
  };
}
