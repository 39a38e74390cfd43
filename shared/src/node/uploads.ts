import type { Redis } from 'ioredis';

/** Bounds on the images whose predictions are not final yet. One job may pass a bound; no job is taken once it is reached. */
export interface UploadLimits {
  maxCount: number;
  maxBytes: number;
  ttlMs: number;
}

/**
 * KEYS: uploads (hash index→bytes), expiries (zset job→ms), sizes (hash job→"count bytes"), count, bytes.
 * ARGV: job, ttl, max count, max bytes, then index and bytes of each image.
 * The script takes expired jobs off the books first: a worker that died with one never releases it.
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
if tonumber(redis.call('GET', KEYS[4]) or 0) >= tonumber(ARGV[3]) then return 0 end
if tonumber(redis.call('GET', KEYS[5]) or 0) >= tonumber(ARGV[4]) then return 0 end
local bytes = 0
for i = 6, #ARGV, 2 do bytes = bytes + #ARGV[i] end
local count = (#ARGV - 4) / 2
redis.call('HSET', KEYS[1], unpack(ARGV, 5))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
redis.call('HSET', KEYS[3], ARGV[1], count .. ' ' .. bytes)
redis.call('INCRBY', KEYS[4], count)
redis.call('INCRBY', KEYS[5], bytes)
return 1`;

/** KEYS as above; ARGV: job. Safe to run twice: only the first run takes the images off the books. */
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

/** Most jobs remembered while Redis is away. Commands for the first of them were sent before the loss was noticed. */
const ABANDONED_MAX = 10_000;

interface UploadCommands {
  storeUploads(...args: (string | number | Buffer)[]): Promise<number>;
  releaseUploads(...args: string[]): Promise<number>;
}

export type Uploads = ReturnType<typeof createUploads>;

/** Image bytes in Redis: binary values under a TTL, bounded in number and in bytes over all api replicas. */
export function createUploads(options: { connection: Redis; prefix: string }) {
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
  const abandoned = new Set<string>();

  async function release(jobId: string): Promise<void> {
    await commands.releaseUploads(...keys(jobId), jobId);
  }

  function releaseAbandoned(jobId: string): void {
    release(jobId).then(
      () => abandoned.delete(jobId),
      // The job stays in the set until the connection is ready again.
      () => {},
    );
  }

  connection.on('ready', () => abandoned.forEach(releaseAbandoned));

  return {
    /**
     * Stores the bytes of a job's images under their index in the job, all or none.
     *
     * @returns false, with nothing stored, where a bound is reached already
     */
    async store(jobId: string, images: ReadonlyMap<number, Buffer>, limits: UploadLimits): Promise<boolean> {
      if (images.size === 0) return true;
      const { ttlMs, maxCount, maxBytes } = limits;
      const args = [jobId, ttlMs, maxCount, maxBytes, ...[...images].flat()];
      return (await commands.storeUploads(...keys(jobId), ...args)) === 1;
    },
    /** The bytes of each of the job's `count` images; null for one that was released, has expired or never had any. */
    read: (jobId: string, count: number): Promise<(Buffer | null)[]> =>
      connection.hmgetBuffer(
        uploadsKey(jobId),
        ...Array.from({ length: count }, (_, index) => String(index)),
      ),
    /** The images on the books, waiting or running, and their bytes. */
    async held(): Promise<{ count: number; bytes: number }> {
      const [count, bytes] = await connection.mget(keys('').slice(-2));
      return { count: Number(count ?? 0), bytes: Number(bytes ?? 0) };
    },
    /** Deletes the bytes of a job that is final. */
    release,
    /**
     * Deletes the bytes of a job that could not be stored or added, now or once Redis is back: Redis may have carried
     * out a command that timed out. Bytes that even this misses expire.
     */
    abandon(jobId: string): void {
      if (abandoned.size >= ABANDONED_MAX) return;
      abandoned.add(jobId);
      releaseAbandoned(jobId);
    },
  };
}
