import type { Redis } from 'ioredis';

/** Most keys remembered while Redis is away. Commands for the first of them were sent before the loss was noticed. */
const PENDING_MAX = 10_000;

/**
 * Makes an action sure to happen: where it fails, it is tried again each time the connection is ready again. The action
 * must be safe to do twice, since Redis may have carried out a command that timed out.
 *
 * @returns does the action for a key; resolves after the first try, whatever came of it
 */
export function retryWhenReady(
  connection: Redis,
  action: (key: string) => Promise<unknown>,
): (key: string) => Promise<void> {
  const pending = new Set<string>();

  async function attempt(key: string): Promise<void> {
    try {
      await action(key);
      pending.delete(key);
    } catch {
      // The key stays until the connection is ready again.
    }
  }

  connection.on('ready', () => pending.forEach(attempt));

  return async (key) => {
    if (pending.size >= PENDING_MAX) return;
    pending.add(key);
    await attempt(key);
  };
}
