import type { Redis } from 'ioredis';
import { z } from 'zod';

/** One job of a batch: which files its predictions are, in their order. */
const batchJob = z.object({ jobId: z.string(), filenames: z.array(z.string().nullable()) });
export type BatchJob = z.infer<typeof batchJob>;

export interface BatchRecords {
  append(batchId: string, job: BatchJob): Promise<void>;
  /** The batch's jobs in the order sent; empty once the record expired. */
  read(batchId: string): Promise<BatchJob[]>;
}

/** Which jobs make up a batch: a Redis list that lives as long as its pictures may wait and its results be read. */
export function createBatchRecords(options: {
  connection: Redis;
  prefix: string;
  ttlMs: number;
}): BatchRecords {
  const { connection, prefix, ttlMs } = options;
  const key = (batchId: string) => `${prefix}:batch:${batchId}`;
  return {
    async append(batchId, job) {
      await connection.multi().rpush(key(batchId), JSON.stringify(job)).pexpire(key(batchId), ttlMs).exec();
    },
    async read(batchId) {
      const texts = await connection.lrange(key(batchId), 0, -1);
      return texts.map((text) => batchJob.parse(JSON.parse(text)));
    },
  };
}
