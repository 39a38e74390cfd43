const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/**
 * The pause after each failed attempt but the last, as the Standard Webhooks specification proposes them: eight attempts within about 28
 * hours, so that a receiver that is down overnight misses nothing.
 */
const PAUSES_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR];
/** A pause is up to so much longer or shorter: what failed together does not come back together. */
const JITTER = 0.2;
/** A receiver may ask for a later attempt by Retry-After, and no later than this. */
const RETRY_AFTER_MAX_MS = HOUR;

/**
 * The pause before the next attempt, in milliseconds.
 *
 * @param attempts how many have failed, from 1 on
 * @param retryAfterMs what the receiver asks for
 * @param random from 0 to 1
 */
export function pauseMs(attempts: number, retryAfterMs = 0, random = Math.random()): number {
  const pause = PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1] ?? 0;
  const spread = pause * (1 + JITTER * (2 * random - 1));
  return Math.round(Math.max(spread, Math.min(retryAfterMs, RETRY_AFTER_MAX_MS)));
}

const SLEEP_MIN_MS = 10_000;
const SLEEP_MAX_MS = 300_000;

/**
 * How long a delivery sleeps whose prediction has not ended, in milliseconds. The prediction's end wakes it; this is for an end that
 * nobody saw. It grows with the delivery's age, so that a long queue costs few looks.
 */
export function sleepMs(ageMs: number): number {
  return Math.min(Math.max(ageMs / 2, SLEEP_MIN_MS), SLEEP_MAX_MS);
}

/** The longest that a delivery may wait since it was last looked at, in milliseconds. @param attempts how many have failed */
export function longestPauseMs(attempts: number): number {
  if (attempts === 0) return SLEEP_MAX_MS;
  return pauseMs(attempts, RETRY_AFTER_MAX_MS, 1);
}
