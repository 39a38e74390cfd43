import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 15;

/**
 * Polls until `find` gives something other than undefined, null or false, and resolves to it.
 *
 * @param what what the test waits for, in the words of the error
 * @throws Error when `timeoutMs` have passed
 */
export async function until<T>(
  what: string,
  find: () => T | Promise<T>,
  timeoutMs = 10_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== null && found !== false)
      return found as NonNullable<Exclude<T, false>>;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await delay(POLL_MS);
  }
}
