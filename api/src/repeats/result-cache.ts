import type { ModelRef } from '@inkqueue/shared/contracts/prediction';
import type { Redis } from 'ioredis';
import type { PredictionState } from '../queue/state.ts';

/**
 * KEYS: entry, its prediction's entry, the list of all (fingerprint by time).
 * ARGV: fingerprint, prediction, milliseconds that it stays, now, most entries, the prefixes of an entry and of a prediction's.
 */
const KEEP = `
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[4] - ARGV[3])
while redis.call('ZCARD', KEYS[3]) > tonumber(ARGV[5]) do
  local entry = ARGV[6] .. redis.call('ZPOPMIN', KEYS[3])[1]
  redis.call('DEL', ARGV[7] .. (redis.call('GET', entry) or ''), entry)
end
redis.call('PEXPIRE', KEYS[3], ARGV[3])
return 1`;

interface KeepCommand {
  keepCached(...args: (string | number)[]): Promise<number>;
}

export type ResultCache = ReturnType<typeof createResultCache>;

/**
 * Which prediction read which picture, for all api processes: the same picture need not be read again while that prediction is
 * kept and the model is the same. An entry names the prediction and holds no result.
 *
 * @param options.max most entries; the oldest go first
 * @param options.models the models that the workers run now
 */
export function createResultCache(options: {
  connection: Redis;
  prefix: string;
  ttlMs: number;
  max: number;
  models: () => Promise<ModelRef[]>;
  find: (id: string) => Promise<PredictionState | null>;
}) {
  const { connection, prefix, ttlMs, max, models, find } = options;
  connection.defineCommand('keepCached', { numberOfKeys: 3, lua: KEEP });
  const { keepCached } = connection as unknown as KeepCommand;
  const entryPrefix = `${prefix}:cached:`;
  const byPredictionPrefix = `${prefix}:cached-by:`;
  const byPrediction = (id: string) => byPredictionPrefix + id;

  return {
    /** The prediction that read the picture of this fingerprint, with the model that the workers run; null for none. */
    async get(fingerprint: string): Promise<string | null> {
      const id = await connection.get(entryPrefix + fingerprint);
      if (id === null) return null;
      const [state, current] = await Promise.all([find(id), models()]);
      if (state?.status !== 'succeeded') return null;
      const { name, version } = state.model;
      const isCurrent =
        current.length > 0 && current.every((model) => model.name === name && model.version === version);
      return isCurrent ? id : null;
    },
    async put(fingerprint: string, id: string): Promise<void> {
      const keys = [entryPrefix + fingerprint, byPrediction(id), `${prefix}:cached-all`];
      await keepCached.call(
        connection,
        ...keys,
        fingerprint,
        id,
        ttlMs,
        Date.now(),
        max,
        entryPrefix,
        byPredictionPrefix,
      );
    },
    /** Forgets what a prediction read. */
    async forget(id: string): Promise<void> {
      const fingerprint = await connection.getdel(byPrediction(id));
      if (fingerprint !== null) await connection.del(entryPrefix + fingerprint);
    },
  };
}
