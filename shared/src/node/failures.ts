import type { Redis } from 'ioredis';
import { z } from 'zod';
import { problemCode } from '../contracts/problems.ts';

/** Failed predictions that are remembered: about 20 kB. */
const KEPT_MAX = 200;
/** Noted in a second at most: under load the counts say the rest. */
const NOTED_A_SECOND = 20;

/** A prediction that failed, by its job and its place there. */
const failure = z.object({
  job: z.string(),
  index: z.int(),
  code: problemCode,
  /** Unix milliseconds. */
  at: z.int(),
});
export type Failure = z.infer<typeof failure>;

const keyOf = (prefix: string) => `${prefix}:failures`;

/** Notes the failed predictions of one worker. What cannot be written is not noted. */
export function createFailures({ connection, prefix }: { connection: Redis; prefix: string }) {
  const key = keyOf(prefix);
  let second = 0;
  let noted = 0;
  return (found: Failure): void => {
    const now = Math.floor(Date.now() / 1_000);
    if (now !== second) [second, noted] = [now, 0];
    if (++noted > NOTED_A_SECOND || connection.status !== 'ready') return;
    connection
      .pipeline()
      .lpush(key, JSON.stringify(found))
      .ltrim(key, 0, KEPT_MAX - 1)
      .exec()
      .catch(() => {});
  };
}

/** The last ones, newest first. */
export async function listFailures(options: {
  connection: Redis;
  prefix: string;
  count: number;
}): Promise<Failure[]> {
  const { connection, prefix, count } = options;
  const texts = await connection.lrange(keyOf(prefix), 0, count - 1);
  return texts.flatMap((text) => {
    // One of a later version may be of another shape.
    const { success, data } = failure.safeParse(JSON.parse(text));
    return success ? [data] : [];
  });
}
