import type { Redis } from 'ioredis';

/**
 * Pings a connection, and calls `onSilence` at each beat after `missedMax` beats in a row brought no reply. Beats are
 * counted, not time: each ping gets a turn of this process's own event loop for its reply. A deadline on the clock would
 * take a process that is short of CPU for a Redis that hangs.
 *
 * @param rhythm.whenAway whether a beat without a connection counts as missed, or as replied
 * @returns the timer, for the caller to clear
 */
export function watchPulse(
  client: Redis,
  rhythm: { everyMs: number; missedMax: number; whenAway: 'missed' | 'replied' },
  onSilence: () => void,
): NodeJS.Timeout {
  let missed = 0;
  let unsent = 0;
  const reset = () => {
    missed = 0;
  };
  return setInterval(() => {
    const isReady = client.status === 'ready';
    // Redis takes in what was sent before: its reply waits behind large images on a slow way there.
    const before = unsent;
    unsent = client.stream?.writableLength ?? 0;
    if (unsent < before) reset();
    if (!isReady && rhythm.whenAway === 'replied') return reset();
    if (missed === rhythm.missedMax) return onSilence();
    missed++;
    // A connection that isn't ready would queue the ping until it is.
    if (isReady) client.ping().then(reset, () => {});
  }, rhythm.everyMs);
}

const BEATS_MISSED_MAX = 4;

/**
 * Drops a connection on which Redis hangs. Its commands fail then, new commands fail at once until Redis is back, and what
 * was written to the connection is dropped: images must not pile up in this process.
 */
export function disconnectWhenSilent(client: Redis, silentMs = 500): void {
  const everyMs = silentMs / (BEATS_MISSED_MAX + 1);
  const rhythm = { everyMs, missedMax: BEATS_MISSED_MAX, whenAway: 'replied' } as const;
  const timer = watchPulse(client, rhythm, () => client.stream.destroy(new Error('Redis does not reply')));
  timer.unref();
  client.once('end', () => clearInterval(timer));
}
