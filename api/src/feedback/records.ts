import { digit, digitsText, modelRef, predictionPreview } from '@inkqueue/shared/contracts/prediction';
import { problemCode } from '@inkqueue/shared/contracts/problems';
import type { Redis } from 'ioredis';
import { z } from 'zod';

/** What a person says an image shows, beside what the prediction said: null where the prediction failed. */
const feedbackRecord = z.object({
  digit: z.nullable(digit),
  text: z.nullable(digitsText),
  at: z.iso.datetime(),
  predicted_digit: z.nullable(digit),
  predicted_text: z.nullable(digitsText),
  confidence: z.nullable(z.number()),
  uncertain: z.nullable(z.boolean()),
  error: z.nullable(problemCode),
  model: z.nullable(modelRef),
  preview: z.nullable(predictionPreview),
});
export type FeedbackRecord = z.infer<typeof feedbackRecord>;

/** Feedback has no expiry: some is from before pictures were read for several digits, and has no texts. */
const keptRecord = z.preprocess((record: Partial<FeedbackRecord>) => {
  const [text, predicted_text] = [record.digit, record.predicted_digit].map(
    (digit) => digit?.toString() ?? null,
  );
  return { text, predicted_text, ...record };
}, feedbackRecord);

/** KEYS: feedback (hash id→JSON). ARGV: id, JSON, most entries. An entry that is there already may always be replaced. */
const SAVE = `
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1`;

/** Entries asked of Redis at a time. */
const READ_COUNT = 100;

interface FeedbackCommands {
  saveFeedback(...args: (string | number)[]): Promise<number>;
}

export type FeedbackRecords = ReturnType<typeof createFeedbackRecords>;

/** Feedback, in one hash that outlives the predictions themselves. */
export function createFeedbackRecords(options: { connection: Redis; prefix: string }) {
  const { connection, prefix } = options;
  connection.defineCommand('saveFeedback', { numberOfKeys: 1, lua: SAVE });
  const commands = connection as unknown as FeedbackCommands;
  const key = `${prefix}:feedback`;
  return {
    /** Saves the last feedback on a prediction; false where there is no room for a new entry. */
    save: async (id: string, record: FeedbackRecord, { max }: { max: number }): Promise<boolean> =>
      (await commands.saveFeedback(key, id, JSON.stringify(record), max)) === 1,
    async remove(ids: readonly string[]): Promise<void> {
      if (ids.length > 0) await connection.hdel(key, ...ids);
    },
    /**
     * All feedback in no order, a few entries at a time. An entry that is written in that time may be missing, or come
     * twice.
     */
    async *readAll(): AsyncGenerator<{ id: string } & FeedbackRecord> {
      let cursor = '0';
      do {
        const [next, found] = await connection.hscan(key, cursor, 'COUNT', READ_COUNT);
        for (let i = 0; i < found.length; i += 2) {
          yield { id: found[i]!, ...keptRecord.parse(JSON.parse(found[i + 1]!)) };
        }
        cursor = next;
      } while (cursor !== '0');
    },
  };
}
