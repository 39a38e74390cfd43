import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 15;

/**
 * Looks until `look` gives something other than undefined, null or false, and resolves to it.
 *
 * @throws Error naming what was waited for, when `timeoutMs` have passed
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  timeoutMs = 10_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen as NonNullable<Exclude<T, false>>;
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await delay(LOOK_EVERY_MS);
  }
}
