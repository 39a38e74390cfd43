import type { Redis } from 'ioredis';
import type { Logger } from '../log.ts';

const MEASURE_EVERY_MS = 30_000;
const MEASUREMENTS = 3;
/** Below this the clocks agree: the way to Redis and back is measured with it. */
const OFFSET_MIN_MS = 250;

/** This machine's own time in Unix milliseconds, whatever `followRedisClock` does: for what other machines compare with theirs. */
export const systemNow = Date.now;

/**
 * Makes `Date.now()` of this process follow Redis's clock where the system's clock differs. BullMQ writes and compares
 * times of several machines, and takes them from `Date.now()`: a worker whose clock is two hours behind would end the life
 * of each of its results at once. `new Date()` is not affected: `new Date(Date.now())` is.
 */
export async function followRedisClock(options: { connection: Redis; log: Logger }): Promise<void> {
  const { connection, log } = options;
  let offset = 0;

  async function measure(): Promise<void> {
    const offsets: { roundTrip: number; offset: number }[] = [];
    for (let i = 0; i < MEASUREMENTS; i++) {
      const before = systemNow();
      const [seconds, microseconds] = await connection.time();
      const after = systemNow();
      const redisNow = Number(seconds) * 1_000 + Number(microseconds) / 1_000;
      offsets.push({ roundTrip: after - before, offset: Math.round(redisNow - (before + after) / 2) });
    }
    const best = offsets.reduce((a, b) => (b.roundTrip < a.roundTrip ? b : a));
    const next = Math.abs(best.offset) < OFFSET_MIN_MS ? 0 : best.offset;
    if (Math.abs(next - offset) < OFFSET_MIN_MS) return;
    offset = next;
    Date.now = offset === 0 ? systemNow : () => systemNow() + offset;
    log.warn({ milliseconds: -offset }, 'the system’s clock differs from Redis’s, which is used');
  }

  try {
    await measure();
  } catch (error) {
    // A Redis that forbids TIME is no reason not to start, and one that just went away comes back.
    log.warn({ err: error }, 'could not compare the clock with Redis’s: the system’s is used');
  }
  const timer = setInterval(() => {
    if (connection.status === 'ready') measure().catch(() => {});
  }, MEASURE_EVERY_MS);
  timer.unref();
}
