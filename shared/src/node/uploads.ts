import type { Redis } from 'ioredis';

/** Bounds on what waits in Redis: pictures whose prediction is not final yet, and their bytes. */
export interface UploadLimits {
  maxCount: number;
  maxBytes: number;
  ttlMs: number;
}

/**
 * Expired pictures leave the books first, so that one whose worker died and whose key ran out is not counted for ever.
 * KEYS: upload, expiries (zset id→ms), sizes (hash id→bytes), total. ARGV: id, bytes, size, ttl, max count, max bytes.
 */
const STORE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local gone = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 100)
for _, id in ipairs(gone) do
  redis.call('DECRBY', KEYS[4], redis.call('HGET', KEYS[3], id) or 0)
  redis.call('HDEL', KEYS[3], id)
  redis.call('ZREM', KEYS[2], id)
end
local size = tonumber(ARGV[3])
local held = tonumber(redis.call('GET', KEYS[4]) or 0)
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[5]) or held + size > tonumber(ARGV[6]) then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4])
redis.call('ZADD', KEYS[2], now + ARGV[4], ARGV[1])
redis.call('HSET', KEYS[3], ARGV[1], size)
redis.call('INCRBY', KEYS[4], size)
return 1`;

/** KEYS as above. Safe to run twice: only the first takes the picture off the books. */
const RELEASE = `
redis.call('DEL', KEYS[1])
local size = redis.call('HGET', KEYS[3], ARGV[1])
if size then
  redis.call('DECRBY', KEYS[4], size)
  redis.call('HDEL', KEYS[3], ARGV[1])
  redis.call('ZREM', KEYS[2], ARGV[1])
end
return 1`;

/** Most ids remembered while Redis is away. The first are those whose commands had been sent before it was noticed. */
const ABANDONED_MAX = 10_000;

interface UploadCommands {
  storeUpload(...args: (string | number | Buffer)[]): Promise<number>;
  releaseUpload(...args: string[]): Promise<number>;
}

export interface Uploads {
  /** Stores a picture's bytes under its prediction's id. False when a limit is reached: nothing is stored then. */
  store(id: string, bytes: Buffer, limits: UploadLimits): Promise<boolean>;
  /** The bytes, or null once they were released or expired. */
  read(id: string): Promise<Buffer | null>;
  /** Deletes the bytes: the prediction is final. */
  release(id: string): Promise<void>;
  /**
   * Deletes the bytes of a picture whose storing or queueing failed, now or once Redis is back: a command that timed out
   * may still have been carried out. What even this misses expires.
   */
  abandon(id: string): void;
}

/** Picture bytes in Redis: binary values under a TTL, bounded in number and in bytes over all api replicas. */
export function createUploads(options: { connection: Redis; prefix: string }): Uploads {
  const { connection, prefix } = options;
  connection.defineCommand('storeUpload', { numberOfKeys: 4, lua: STORE });
  connection.defineCommand('releaseUpload', { numberOfKeys: 4, lua: RELEASE });
  const commands = connection as unknown as UploadCommands;
  const uploadKey = (id: string) => `${prefix}:upload:${id}`;
  const keys = (id: string) => [
    uploadKey(id),
    `${prefix}:uploads:expiries`,
    `${prefix}:uploads:sizes`,
    `${prefix}:uploads:bytes`,
  ];
  const release = async (id: string) => void (await commands.releaseUpload(...keys(id), id));
  const abandoned = new Set<string>();
  const releaseAbandoned = (id: string) =>
    release(id).then(
      () => abandoned.delete(id),
      // It stays in the set, for when the connection is ready again.
      () => {},
    );
  connection.on('ready', () => {
    for (const id of abandoned) void releaseAbandoned(id);
  });
  return {
    store: async (id, bytes, limits) =>
      (await commands.storeUpload(
        ...keys(id),
        id,
        bytes,
        bytes.length,
        limits.ttlMs,
        limits.maxCount,
        limits.maxBytes,
      )) === 1,
    read: (id) => connection.getBuffer(uploadKey(id)),
    release,
    abandon: (id) => {
      if (abandoned.size >= ABANDONED_MAX) return;
      abandoned.add(id);
      void releaseAbandoned(id);
    },
  };
}
