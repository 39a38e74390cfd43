import type { Redis } from 'ioredis';
import { retryWhenReady } from './redis-retry.ts';

/** Bounds on the images whose predictions are not final yet. One job may pass a bound; no job is taken once it is reached. */
export interface UploadLimits {
  maxCount: number;
  maxBytes: number;
}

/**
 * KEYS: uploads (hash index→bytes), sizes (hash job→"count bytes"), count, bytes.
 * ARGV: job, max count, max bytes, then index and bytes of each image.
 */
const STORE = `
if tonumber(redis.call('GET', KEYS[3]) or 0) >= tonumber(ARGV[2]) then return 0 end
if tonumber(redis.call('GET', KEYS[4]) or 0) >= tonumber(ARGV[3]) then return 0 end
local bytes = 0
for i = 5, #ARGV, 2 do bytes = bytes + #ARGV[i] end
local count = (#ARGV - 3) / 2
redis.call('HSET', KEYS[1], unpack(ARGV, 4))
redis.call('HSET', KEYS[2], ARGV[1], count .. ' ' .. bytes)
redis.call('INCRBY', KEYS[3], count)
redis.call('INCRBY', KEYS[4], bytes)
return 1`;

/** KEYS as above; ARGV: job. Safe to run twice: only the first run takes the images off the books. */
const RELEASE = `
redis.call('DEL', KEYS[1])
local size = redis.call('HGET', KEYS[2], ARGV[1])
if not size then return 0 end
local count, bytes = string.match(size, '(%d+) (%d+)')
redis.call('DECRBY', KEYS[3], count)
redis.call('DECRBY', KEYS[4], bytes)
redis.call('HDEL', KEYS[2], ARGV[1])
return 1`;

/** KEYS as above. Makes the sums what the sizes say, whatever happened to them. */
const RECOUNT = `
local count, bytes = 0, 0
for _, size in ipairs(redis.call('HVALS', KEYS[2])) do
  local c, b = string.match(size, '(%d+) (%d+)')
  count = count + c
  bytes = bytes + b
end
redis.call('SET', KEYS[3], count)
redis.call('SET', KEYS[4], bytes)
return count`;

interface UploadCommands {
  storeUploads(...args: (string | number | Buffer)[]): Promise<number>;
  releaseUploads(...args: string[]): Promise<number>;
  recountUploads(...args: string[]): Promise<number>;
}

export type Uploads = ReturnType<typeof createUploads>;

/** Jobs looked up in Redis at a time. */
const SCAN_COUNT = 500;

/**
 * Image bytes in Redis: binary values that live as long as their job can run, bounded in number and in bytes over all api
 * replicas.
 */
export function createUploads(options: { connection: Redis; prefix: string }) {
  const { connection, prefix } = options;
  connection.defineCommand('storeUploads', { numberOfKeys: 4, lua: STORE });
  connection.defineCommand('releaseUploads', { numberOfKeys: 4, lua: RELEASE });
  connection.defineCommand('recountUploads', { numberOfKeys: 4, lua: RECOUNT });
  const commands = connection as unknown as UploadCommands;
  const uploadsKey = (jobId: string) => `${prefix}:uploads:${jobId}`;
  const keys = (jobId: string) => [
    uploadsKey(jobId),
    `${prefix}:uploads-sizes`,
    `${prefix}:uploads-count`,
    `${prefix}:uploads-bytes`,
  ];
  async function release(jobId: string): Promise<void> {
    await commands.releaseUploads(...keys(jobId), jobId);
  }

  const abandon = retryWhenReady(connection, release);

  return {
    /**
     * Stores the bytes of a job's images under their index in the job, all or none.
     *
     * @returns false, with nothing stored, where a bound is reached already
     */
    async store(jobId: string, images: ReadonlyMap<number, Buffer>, limits: UploadLimits): Promise<boolean> {
      if (images.size === 0) return true;
      const args = [jobId, limits.maxCount, limits.maxBytes, ...[...images].flat()];
      return (await commands.storeUploads(...keys(jobId), ...args)) === 1;
    },
    /** The bytes of each of the job's `count` images; null for one that was released or never had any. */
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
    /** The jobs on the books, some at a time. */
    async *jobs(): AsyncGenerator<string[]> {
      const [, sizesKey = ''] = keys('');
      let cursor = '0';
      do {
        const [next, found] = await connection.hscan(sizesKey, cursor, 'COUNT', SCAN_COUNT);
        yield found.filter((_, i) => i % 2 === 0);
        cursor = next;
      } while (cursor !== '0');
    },
    /** Makes the sums agree with the sizes of the jobs on the books. */
    async recount(): Promise<void> {
      await commands.recountUploads(...keys(''));
    },
    /**
     * Deletes the bytes of a job that could not be stored or added, now or once Redis is back: Redis may have carried
     * out a command that timed out.
     */
    abandon: (jobId: string): void => void abandon(jobId),
  };
}
