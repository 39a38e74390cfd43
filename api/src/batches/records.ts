import type { Redis } from 'ioredis';
import { z } from 'zod';

const batchRecord = z.array(z.object({ id: z.string(), filename: z.string().nullable() }));
/** The predictions of a batch and the names of their files, in the order sent. */
export type BatchRecord = z.infer<typeof batchRecord>;

export type BatchRecords = ReturnType<typeof createBatchRecords>;

/** Which predictions make up a batch: one value in Redis for each, for as long as its images may wait and its results stay. */
export function createBatchRecords(options: { connection: Redis; prefix: string; ttlMs: number }) {
  const { connection, prefix, ttlMs } = options;
  const key = (batchId: string) => `${prefix}:batches:${batchId}`;
  return {
    async save(batchId: string, record: BatchRecord): Promise<void> {
      await connection.set(key(batchId), JSON.stringify(record), 'PX', ttlMs);
    },
    /** Null once the record expired. */
    async find(batchId: string): Promise<BatchRecord | null> {
      const text = await connection.get(key(batchId));
      return text === null ? null : batchRecord.parse(JSON.parse(text));
    },
  };
}
