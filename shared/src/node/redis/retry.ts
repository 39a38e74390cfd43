import type { Redis } from 'ioredis';

/** Most items remembered while Redis is away. Commands for the first of them were sent before the loss was noticed. */
const PENDING_MAX = 10_000;

/**
 * Makes an action sure to happen: where it fails, it is tried again each time the connection is ready again. The action
 * must be safe to do twice, since Redis may have carried out a command that timed out.
 *
 * @returns does the action for an item, a key say; resolves after the first try, whatever came of it
 */
export function retryWhenReady<Item>(
  connection: Redis,
  action: (item: Item) => Promise<unknown>,
): (item: Item) => Promise<void> {
  const pending = new Set<Item>();

  async function attempt(item: Item): Promise<void> {
    try {
      await action(item);
      pending.delete(item);
    } catch {
      // The item stays until the connection is ready again.
    }
  }

  connection.on('ready', () => pending.forEach((item) => void attempt(item)));

  return async (item) => {
    if (pending.size >= PENDING_MAX) return;
    pending.add(item);
    await attempt(item);
  };
}
