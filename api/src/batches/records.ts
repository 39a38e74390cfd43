import { retryWhenReady } from '@inkqueue/shared/node/redis/retry';
import type { Redis } from 'ioredis';
import { z } from 'zod';

const batchRecord = z.array(z.object({ id: z.string(), filename: z.string().nullable() }));
/** The predictions of a batch and the names of their files, in the order sent. */
export type BatchRecord = z.infer<typeof batchRecord>;

export type BatchRecords = ReturnType<typeof createBatchRecords>;

/** Which predictions make up a batch: one value in Redis for each, for as long as its images wait and its results stay. */
export function createBatchRecords(options: {
  connection: Redis;
  prefix: string;
  waitMaxMs: number;
  resultTtlMs: number;
}) {
  const { connection, prefix, waitMaxMs, resultTtlMs } = options;
  const key = (batchId: string) => `${prefix}:batches:${batchId}`;
  const undoUnlessSaved = retryWhenReady(
    connection,
    async ({ batchId, undo }: { batchId: string; undo: () => Promise<void> }) => {
      if ((await connection.exists(key(batchId))) === 0) await undo();
    },
  );

  return {
    async save(batchId: string, record: BatchRecord): Promise<void> {
      await connection.set(key(batchId), JSON.stringify(record), 'PX', waitMaxMs + resultTtlMs);
    },
    /**
     * After a save that failed: calls `undo` unless the record is there all the same, since Redis may have saved what it could not
     * confirm. Now, or once Redis is back.
     */
    unlessSaved: (batchId: string, undo: () => Promise<void>): Promise<void> =>
      undoUnlessSaved({ batchId, undo }),
    /** Keeps the record of a batch that is finished for as long as its results stay, from now on. */
    async keepFinished(batchId: string): Promise<void> {
      await connection.pexpire(key(batchId), resultTtlMs);
    },
    async remove(batchId: string): Promise<void> {
      await connection.del(key(batchId));
    },
    /** Null once the record expired, or was removed. */
    async find(batchId: string): Promise<BatchRecord | null> {
      const text = await connection.get(key(batchId));
      return text === null ? null : batchRecord.parse(JSON.parse(text));
    },
  };
}
