import type { Redis } from 'ioredis';

/**
 * Bounds on the images whose predictions are not final yet. One job may pass a bound; no job is taken once it is reached, but for the few
 * that an api sends without asking, because much room was left a moment ago.
 */
export interface UploadLimits {
  maxCount: number;
  maxBytes: number;
}

/**
 * KEYS: uploads (hash index→bytes), sizes (hash job→"count bytes", of a retry "count bytes end"), count, bytes, deadlines (job by the first one's time).
 * ARGV: job, max count, max bytes, count, bytes, deadline or '', '1' to store whatever the bounds, then index and bytes of each
 * image, unless they are stored after this.
 * Returns 0 where a bound is reached, 1 where the images are stored, 2 where less than half of each bound is in use then.
 */
const STORE = `
local maxCount, maxBytes = tonumber(ARGV[2]), tonumber(ARGV[3])
if ARGV[7] ~= '1' then
  if tonumber(redis.call('GET', KEYS[3]) or 0) >= maxCount then return 0 end
  if tonumber(redis.call('GET', KEYS[4]) or 0) >= maxBytes then return 0 end
end
if #ARGV > 7 then redis.call('HSET', KEYS[1], unpack(ARGV, 8)) end
if ARGV[6] ~= '' then redis.call('ZADD', KEYS[5], ARGV[6], ARGV[1]) end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[4] .. ' ' .. ARGV[5])
local count = redis.call('INCRBY', KEYS[3], ARGV[4])
local bytes = redis.call('INCRBY', KEYS[4], ARGV[5])
return count * 2 < maxCount and bytes * 2 < maxBytes and 2 or 1`;

/**
 * KEYS as above; ARGV: job, when it ended or ''. Safe to run twice: only the first run takes the images off the books. What is
 * on them since that end, because the job is to run again (the third number in `sizes`: the end of its run before), stays.
 */
const RELEASE = `
local size = redis.call('HGET', KEYS[2], ARGV[1]) or ''
local count, bytes, after = string.match(size, '(%d+) (%d+) ?(%d*)')
if ARGV[2] ~= '' and (tonumber(after or '') or 0) >= tonumber(ARGV[2]) then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[5], ARGV[1])
if not count then return 0 end
redis.call('DECRBY', KEYS[3], count)
redis.call('DECRBY', KEYS[4], bytes)
redis.call('HDEL', KEYS[2], ARGV[1])
return 1`;

/**
 * Puts an image in the place of another value. KEYS: uploads, sizes, bytes. ARGV: job, index, image, most bytes of all.
 * Returns 0 where there is no room, 1 otherwise: nothing is stored where that value is gone, or was canceled.
 */
const REPLACE = `
local before = redis.call('HSTRLEN', KEYS[1], ARGV[2])
local book = redis.call('HGET', KEYS[2], ARGV[1])
if before == 0 or not book then return 1 end
if tonumber(redis.call('GET', KEYS[3]) or 0) + #ARGV[3] - before > tonumber(ARGV[4]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
local count, size, after = string.match(book, '(%d+) (%d+)(.*)')
redis.call('HSET', KEYS[2], ARGV[1], count .. ' ' .. (size - before + #ARGV[3]) .. after)
redis.call('INCRBY', KEYS[3], #ARGV[3] - before)
return 1`;

/**
 * Keeps images of a job that ended, off the books, and drops the oldest kept ones where they are too many bytes.
 * None of a prediction that was canceled or deleted, or whose record is gone.
 * KEYS: uploads, then the books of what is kept: kept (hash index→bytes), all (jobs by time), sizes (hash job→bytes), bytes; the
 * job's record.
 * ARGV: job, now, milliseconds that they stay, most bytes of all, the prefix of a kept key; then the indices.
 */
const KEEP = `
local total = tonumber(redis.call('GET', KEYS[5]) or 0)
local function drop(job)
  total = redis.call('DECRBY', KEYS[5], redis.call('HGET', KEYS[4], job) or 0)
  redis.call('HDEL', KEYS[4], job)
  redis.call('ZREM', KEYS[3], job)
  redis.call('DEL', ARGV[5] .. job)
end
for i = 6, #ARGV do
  local image = redis.call('HGET', KEYS[1], ARGV[i])
  local isWanted = redis.call('EXISTS', KEYS[6]) == 1 and redis.call('HEXISTS', KEYS[6], 'settled:' .. ARGV[i]) == 0
  if image and #image > 0 and isWanted then
    local more = #image - redis.call('HSTRLEN', KEYS[2], ARGV[i])
    redis.call('HSET', KEYS[2], ARGV[i], image)
    redis.call('HINCRBY', KEYS[4], ARGV[1], more)
    total = redis.call('INCRBY', KEYS[5], more)
    redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
  end
end
redis.call('PEXPIRE', KEYS[2], ARGV[3])
for _, job in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[2] - ARGV[3])) do drop(job) end
while total > tonumber(ARGV[4]) do
  local oldest = redis.call('ZRANGE', KEYS[3], 0, 0)[1]
  if not oldest then break end
  drop(oldest)
end
return 1`;

/** Lua that takes a kept image off the books of what is kept, and returns it: false where it is not kept. */
export const TAKE_KEPT = `
local function takeKept(kept, all, sizes, total, job, index)
  local image = redis.call('HGET', kept, index)
  if not image then return false end
  redis.call('HDEL', kept, index)
  redis.call('DECRBY', total, #image)
  if redis.call('HINCRBY', sizes, job, -#image) <= 0 then
    redis.call('HDEL', sizes, job)
    redis.call('ZREM', all, job)
  end
  return image
end`;

/** KEYS as for RELEASE. Makes the sums what the sizes say, whatever happened to them. */
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
  releaseUploads(...args: (string | number)[]): Promise<number>;
  recountUploads(...args: string[]): Promise<number>;
  keepUploads(...args: (string | number)[]): Promise<number>;
  replaceUpload(...args: (string | number | Buffer)[]): Promise<number>;
}

interface Book {
  count: number;
  deadline: number | null;
  isSure: boolean;
}

export type Uploads = ReturnType<typeof createUploads>;

/** Jobs looked up in Redis at a time. */
const SCAN_COUNT = 500;

/** Most bytes of images that are kept after their jobs have ended. */
const KEPT_MAX_BYTES = 64_000_000;
/** A job of more bytes is large. */
const LARGE_BYTES = 1_000_000;
/** How long it counts that much room was left: other apis cannot fill half of it in this time. */
const ROOMY_MS = 5_000;
/** How long the bytes of a large job stay where its api does not go on with it. */
const UNCLAIMED_SECONDS = 60;

/**
 * Image bytes in Redis: binary values that live as long as their job can run, bounded in number and in bytes over all api
 * replicas.
 *
 * @param options.largeConnection for the bytes of large jobs: commands of others do not wait behind them. One whose commands fail where
 *   Redis goes away: a command that is sent again would come after its transaction
 */
export function createUploads(options: { connection: Redis; largeConnection?: Redis; prefix: string }) {
  const { connection, largeConnection = connection, prefix } = options;
  connection.defineCommand('storeUploads', { numberOfKeys: 5, lua: STORE });
  connection.defineCommand('releaseUploads', { numberOfKeys: 5, lua: RELEASE });
  connection.defineCommand('recountUploads', { numberOfKeys: 5, lua: RECOUNT });
  connection.defineCommand('replaceUpload', { numberOfKeys: 3, lua: REPLACE });
  connection.defineCommand('keepUploads', { numberOfKeys: 6, lua: KEEP });
  const commands = connection as unknown as UploadCommands;
  const uploadsKey = (jobId: string) => `${prefix}:uploads:${jobId}`;
  const keptPrefix = `${prefix}:kept:`;
  const keptKeys = (jobId: string) => [
    keptPrefix + jobId,
    `${prefix}:kept-all`,
    `${prefix}:kept-sizes`,
    `${prefix}:kept-bytes`,
  ];
  const deadlinesKey = `${prefix}:deadlines`;
  /** When a job that was stored left much room, by `performance.now`. */
  let roomyAt = Number.NEGATIVE_INFINITY;
  const keys = (jobId: string) => [
    uploadsKey(jobId),
    `${prefix}:uploads-sizes`,
    `${prefix}:uploads-count`,
    `${prefix}:uploads-bytes`,
    deadlinesKey,
  ];
  async function release(jobId: string, endedAt?: number): Promise<void> {
    await commands.releaseUploads(...keys(jobId), jobId, endedAt ?? '');
  }

  /** A Redis that hung may carry this out after the images were released: what nobody claims goes by itself. */
  async function storeLarge(key: string, fields: (number | Buffer)[]): Promise<void> {
    // Not as a pipeline, which would join its commands into one more copy of the bytes.
    const [, , , replies] = await Promise.all([
      largeConnection.multi({ pipeline: false }),
      largeConnection.hset(key, ...fields),
      largeConnection.expire(key, UNCLAIMED_SECONDS),
      largeConnection.exec(),
    ]);
    for (const [error] of replies ?? []) if (error) throw error;
    await connection.persist(key);
  }

  return {
    /**
     * Stores the bytes of a job's images under their index in the job, all or none.
     *
     * @param book.count predictions of the job, of which some may have no image
     * @param book.deadline when the first of them must have begun, in Unix milliseconds; null for none
     * @param book.isSure stores them whatever the bounds, where `hasMuchRoom`
     * @returns false, with nothing stored, where a bound is reached already
     */
    async store(
      jobId: string,
      images: ReadonlyMap<number, Buffer>,
      limits: UploadLimits,
      { count = images.size, deadline = null, isSure = false }: Partial<Book> = {},
    ): Promise<boolean> {
      let bytes = 0;
      for (const image of images.values()) bytes += image.length;
      const fields = [...images].flat();
      const book = [jobId, limits.maxCount, limits.maxBytes, count, bytes, deadline ?? '', isSure ? '1' : ''];
      // A script takes five times as long to store them, and nothing else runs in Redis while it does.
      const isLarge = bytes > LARGE_BYTES;
      const args = [...keys(jobId), ...book, ...(isLarge ? [] : fields)];
      let room: unknown;
      try {
        // The job follows at once and must not come first: a script that is sent as text is never one that Redis has forgotten.
        room = await (isSure ? connection.eval(STORE, 5, ...args) : commands.storeUploads(...args));
      } finally {
        roomyAt = room === 2 ? performance.now() : Number.NEGATIVE_INFINITY;
      }
      if (room === 0) return false;
      if (isLarge) await storeLarge(uploadsKey(jobId), fields);
      return true;
    },
    /** Whether less than half of each bound was in use when this process stored a job last, which was a moment ago. */
    hasMuchRoom: () => performance.now() - roomyAt < ROOMY_MS,
    /** Jobs by the time when the first of their predictions must have begun. */
    deadlinesKey,
    /** The keys of a job's images and of the books: uploads, sizes, count, bytes, deadlines. */
    bookKeys: keys,
    /** The bytes of each of the job's `count` images; none for one that was canceled, null for one that was released. */
    read: (jobId: string, count: number, { isLarge = false } = {}): Promise<(Buffer | null)[]> =>
      (isLarge ? largeConnection : connection).hmgetBuffer(
        uploadsKey(jobId),
        ...Array.from({ length: count }, (_, index) => String(index)),
      ),
    /** The images on the books, waiting or running, and their bytes. */
    async held(): Promise<{ count: number; bytes: number }> {
      const [count, bytes] = await connection.mget(keys('').slice(2, 4));
      return { count: Number(count ?? 0), bytes: Number(bytes ?? 0) };
    },
    /** Puts an image in the place of what is stored of a job that still waits. @returns false where there is no room for it */
    async replace(jobId: string, index: number, image: Buffer, maxBytes: number): Promise<boolean> {
      const [uploadsAt = '', sizes = '', , bytes = ''] = keys(jobId);
      return (await commands.replaceUpload(uploadsAt, sizes, bytes, jobId, index, image, maxBytes)) === 1;
    },
    /**
     * Deletes the bytes of a job that is final.
     *
     * @param endedAt when the run ended that needs them no longer, in Unix milliseconds: what a retry has stored since stays
     */
    release,
    /** The keys of a job's kept images and of their books, as TAKE_KEPT takes them. */
    keptKeys,
    /**
     * Keeps images of a job that is final for `ms`, so that they can be read again; to be called before `release`.
     *
     * @param options.job the key of the job's record
     */
    async keep(
      jobId: string,
      indices: readonly number[],
      { ms, job }: { ms: number; job: string },
    ): Promise<void> {
      const keys = [uploadsKey(jobId), ...keptKeys(jobId), job];
      await commands.keepUploads(...keys, jobId, Date.now(), ms, KEPT_MAX_BYTES, keptPrefix, ...indices);
    },
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
  };
}
