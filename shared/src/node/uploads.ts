import type { Redis } from 'ioredis';

/** Bounds on what waits in Redis: pictures whose prediction is not final yet, and their bytes. */
export interface UploadLimits {
  maxCount: number;
  maxBytes: number;
  ttlMs: number;
}

/**
 * KEYS: uploads (hash index→bytes), expiries (zset job→ms), sizes (hash job→"count bytes"), count, bytes.
 * ARGV: job, ttl, max count, max bytes, 'whole' or 'part', then index and bytes of each picture.
 * Expired jobs leave the books first, so that those whose worker died and whose key ran out are not counted for ever.
 */
const STORE = `
local function settle(job)
  local size = redis.call('HGET', KEYS[3], job)
  if not size then return end
  local count, bytes = string.match(size, '(%d+) (%d+)')
  redis.call('DECRBY', KEYS[4], count)
  redis.call('DECRBY', KEYS[5], bytes)
  redis.call('HDEL', KEYS[3], job)
  redis.call('ZREM', KEYS[2], job)
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, job in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 100)) do settle(job) end
local held = tonumber(redis.call('GET', KEYS[4]) or 0)
local heldBytes = tonumber(redis.call('GET', KEYS[5]) or 0)
local count, bytes, wanted = 0, 0, (#ARGV - 5) / 2
for i = 6, #ARGV, 2 do
  local size = #ARGV[i + 1]
  if held + count + 1 > tonumber(ARGV[3]) or heldBytes + bytes + size > tonumber(ARGV[4]) then break end
  count = count + 1
  bytes = bytes + size
end
if count == 0 or (count < wanted and ARGV[5] == 'whole') then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 6, 5 + 2 * count))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
redis.call('HSET', KEYS[3], ARGV[1], count .. ' ' .. bytes)
redis.call('INCRBY', KEYS[4], count)
redis.call('INCRBY', KEYS[5], bytes)
return count`;

/** KEYS as above; ARGV: job. Safe to run twice: only the first takes the pictures off the books. */
const RELEASE = `
redis.call('DEL', KEYS[1])
local size = redis.call('HGET', KEYS[3], ARGV[1])
if not size then return 0 end
local count, bytes = string.match(size, '(%d+) (%d+)')
redis.call('DECRBY', KEYS[4], count)
redis.call('DECRBY', KEYS[5], bytes)
redis.call('HDEL', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
return 1`;

/** Most ids remembered while Redis is away. The first are those whose commands had been sent before it was noticed. */
const ABANDONED_MAX = 10_000;

interface UploadCommands {
  storeUploads(...args: (string | number | Buffer)[]): Promise<number>;
  releaseUploads(...args: string[]): Promise<number>;
}

export interface Uploads {
  /**
   * Stores the bytes of a job's pictures, by index, as far as the limits allow: the first so many of them, or, where the
   * `whole` job is wanted, all or none. Resolves to how many.
   */
  store(
    jobId: string,
    pictures: ReadonlyMap<number, Buffer>,
    limits: UploadLimits & { whole: boolean },
  ): Promise<number>;
  /** The bytes of each of the job's `count` pictures; null for one that was released or has expired. */
  read(jobId: string, count: number): Promise<(Buffer | null)[]>;
  /** Pictures on the books, and their bytes: waiting or being read. */
  held(): Promise<{ count: number; bytes: number }>;
  /** Deletes the bytes: the job is final. */
  release(jobId: string): Promise<void>;
  /**
   * Deletes the bytes of a job whose storing or queueing failed, now or once Redis is back: a command that timed out may
   * still have been carried out. What even this misses expires.
   */
  abandon(jobId: string): void;
}

/** Picture bytes in Redis: binary values under a TTL, bounded in number and in bytes over all api replicas. */
export function createUploads(options: { connection: Redis; prefix: string }): Uploads {
  const { connection, prefix } = options;
  connection.defineCommand('storeUploads', { numberOfKeys: 5, lua: STORE });
  connection.defineCommand('releaseUploads', { numberOfKeys: 5, lua: RELEASE });
  const commands = connection as unknown as UploadCommands;
  const uploadsKey = (jobId: string) => `${prefix}:uploads:${jobId}`;
  const keys = (jobId: string) => [
    uploadsKey(jobId),
    `${prefix}:uploads-expiries`,
    `${prefix}:uploads-sizes`,
    `${prefix}:uploads-count`,
    `${prefix}:uploads-bytes`,
  ];
  const release = async (jobId: string) => void (await commands.releaseUploads(...keys(jobId), jobId));
  const abandoned = new Set<string>();
  const releaseAbandoned = (jobId: string) =>
    release(jobId).then(
      () => abandoned.delete(jobId),
      // It stays in the set, for when the connection is ready again.
      () => {},
    );
  connection.on('ready', () => {
    for (const jobId of abandoned) void releaseAbandoned(jobId);
  });
  return {
    async store(jobId, pictures, { ttlMs, maxCount, maxBytes, whole }) {
      if (pictures.size === 0) return 0;
      const args = [jobId, ttlMs, maxCount, maxBytes, whole ? 'whole' : 'part', ...[...pictures].flat()];
      return commands.storeUploads(...keys(jobId), ...args);
    },
    read: (jobId, count) =>
      connection.hmgetBuffer(
        uploadsKey(jobId),
        ...Array.from({ length: count }, (_, index) => String(index)),
      ),
    held: async () => {
      const [count, bytes] = await connection.mget(keys('').slice(-2));
      return { count: Number(count ?? 0), bytes: Number(bytes ?? 0) };
    },
    release,
    abandon: (jobId) => {
      if (abandoned.size >= ABANDONED_MAX) return;
      abandoned.add(jobId);
      void releaseAbandoned(jobId);
    },
  };
}
