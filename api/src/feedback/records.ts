import { digit, modelRef, predictionPreview } from '@inkqueue/shared/contracts/prediction';
import { problemCode } from '@inkqueue/shared/contracts/problems';
import type { Redis } from 'ioredis';
import { z } from 'zod';

/** What a person said of a prediction, beside what the prediction said itself: null where it failed. */
const feedbackRecord = z.object({
  digit: z.nullable(digit),
  at: z.iso.datetime(),
  predicted_digit: z.nullable(digit),
  confidence: z.nullable(z.number()),
  uncertain: z.nullable(z.boolean()),
  error: z.nullable(problemCode),
  model: z.nullable(modelRef),
  preview: z.nullable(predictionPreview),
});
export type FeedbackRecord = z.infer<typeof feedbackRecord>;

/** KEYS: feedback (hash id→JSON). ARGV: id, JSON, most entries. One that is there already finds room at any time. */
const KEEP = `
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1`;

/** Entries asked of Redis at a time. */
const READ_COUNT = 100;

interface FeedbackCommands {
  keepFeedback(...args: (string | number)[]): Promise<number>;
}

export interface FeedbackRecords {
  /** Keeps the last word on a prediction; false where there is no room for a new one. */
  keep(id: string, record: FeedbackRecord, options: { max: number }): Promise<boolean>;
  /** All that is kept, in no order, a few at a time. What is said meanwhile may be missing, or come twice. */
  read(): AsyncGenerator<{ id: string } & FeedbackRecord>;
}

/** What people said, in one hash that outlives the predictions themselves. */
export function createFeedbackRecords(options: { connection: Redis; prefix: string }): FeedbackRecords {
  const { connection, prefix } = options;
  connection.defineCommand('keepFeedback', { numberOfKeys: 1, lua: KEEP });
  const commands = connection as unknown as FeedbackCommands;
  const key = `${prefix}:feedback`;
  return {
    keep: async (id, record, { max }) =>
      (await commands.keepFeedback(key, id, JSON.stringify(record), max)) === 1,
    async *read() {
      let cursor = '0';
      do {
        const [next, found] = await connection.hscan(key, cursor, 'COUNT', READ_COUNT);
        for (let i = 0; i < found.length; i += 2) {
          yield { id: found[i]!, ...feedbackRecord.parse(JSON.parse(found[i + 1]!)) };
        }
        cursor = next;
      } while (cursor !== '0');
    },
  };
}
