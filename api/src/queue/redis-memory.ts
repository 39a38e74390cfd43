import type { Logger } from '@inkqueue/shared/node/log';
import { isRedisAway } from '@inkqueue/shared/node/redis/connections';
import type { Redis } from 'ioredis';

const LOOK_EVERY_MS = 500;
/** Above this share of what Redis may hold the api takes no image: the rest is for taking and finishing jobs. */
const UPLOADS_SHARE = 0.85;
/** Above this share finished results make room, where they take up at least the second share. */
const RESULTS_SHARE = 0.75;
const RESULTS_SHARE_MIN = 0.25;

export type RedisMemory = ReturnType<typeof createRedisMemory>;

/** How much memory Redis uses, against what it may use. */
export function createRedisMemory(options: { connection: Redis; log: Logger }) {
  const { connection, log } = options;
  let used = 0;
  /** 0 where Redis has no limit. */
  let max = 0;
  let policy = 'noeviction';
  let warned = false;
  /** Bytes that this process stored since the last look. */
  let stored = 0;

  async function look(): Promise<void> {
    if (connection.status !== 'ready') return;
    const before = stored;
    try {
      const info = await connection.info('memory');
      used = Number(/^used_memory:(\d+)/m.exec(info)?.[1] ?? 0);
      max = Number(/^maxmemory:(\d+)/m.exec(info)?.[1] ?? 0);
      policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? policy;
      stored -= before;
    } catch (error) {
      if (!isRedisAway(error)) log.warn({ err: error }, 'could not look up the memory of Redis');
    }
    if (mayEvict() && !warned) log.warn({ policy }, EVICTION_WARNING);
    warned = mayEvict();
  }

  const mayEvict = () => max > 0 && policy !== 'noeviction';
  const isAbove = (share: number) => max > 0 && used + stored > share * max;
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
  const timer = setInterval(look, LOOK_EVERY_MS);

  return {
    look,
    /** Bytes at the last look, half a second ago at most while Redis answers; and up to which share images are taken. */
    usage: () => ({ used, max, uploadsShare: UPLOADS_SHARE }),
    /** Notes bytes that are about to be stored. */
    note(bytes: number): void {
      stored += bytes;
    },
    hasRoomForUploads: () => !isAbove(UPLOADS_SHARE),
    /** @param imageBytes what the images that wait take up: dropping results would not make them fewer */
    shouldDropResults: (imageBytes: number) =>
      isAbove(RESULTS_SHARE) && used - imageBytes > RESULTS_SHARE_MIN * max,
    /** Why images are refused, in words; null where they are taken. */
    problem: (): string | null =>
      isAbove(UPLOADS_SHARE)
        ? `Redis is nearly full: it uses ${megabytes(used)} of ${megabytes(max)} (maxmemory).`
        : null,
    /** What an operator should change, in words; null where all is well. */
    warning: (): string | null => (mayEvict() ? EVICTION_WARNING : null),
    close: () => clearInterval(timer),
  };
}

const EVICTION_WARNING = 'Redis may evict accepted predictions: set its maxmemory-policy to noeviction.';
