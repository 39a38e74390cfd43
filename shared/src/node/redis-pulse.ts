import type { Redis } from 'ioredis';

// Unanswered pings are counted, not time: each is given a turn of this process's own event loop to be answered. A
// deadline on the clock takes a process that was short of CPU itself for a Redis that hangs.
const BEAT_MS = 100;
const BEATS_MISSED_MAX = 4;

/**
 * Gives a connection up when Redis hangs on it. Its commands fail then, those that come fail at once until it is back,
 * and what was written to it is dropped: pictures must not pile up in this process.
 */
export function watchPulse(client: Redis): void {
  let missed = 0;
  const heard = () => {
    missed = 0;
  };
  const beat = () => {
    if (client.status !== 'ready') return heard();
    if (missed === BEATS_MISSED_MAX) return void client.stream.destroy(new Error('Redis does not answer'));
    missed++;
    client.ping().then(heard, () => {});
  };
  const timer = setInterval(beat, BEAT_MS).unref();
  client.once('end', () => clearInterval(timer));
}
