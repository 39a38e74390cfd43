import { type FindStorage, readEntries, withStorage } from '../browser/storage.ts';
import { type HistoryEntry, parseEntry } from '../state/history-entry.ts';

/** The number is the version of the stored shape: another shape gets another number. */
const KEY_PREFIX = 'inkqueue.history.1.';

/**
 * Stores the last `max` finished predictions in this browser, each under its own key: two tabs that write at the same time
 * never overwrite each other. Where storage is blocked or full, the history lasts as long as the page.
 */
export function createHistory(options: { storage: FindStorage; max: number }) {
  const { max } = options;
  const attempt = <T>(action: (storage: Storage) => T) => withStorage(options.storage, action);
  const listeners = new Set<() => void>();
  let entries = load() ?? [];

  function load(): readonly HistoryEntry[] | null {
    return attempt((storage) => {
      const found = readEntries(storage, KEY_PREFIX, { parse: parseEntry, keyOf: ({ id }) => id });
      const sorted = found.sort(newestFirst);
      for (const { id } of sorted.slice(max)) storage.removeItem(KEY_PREFIX + id);
      return sorted.slice(0, max);
    });
  }

  function write(entry: HistoryEntry): void {
    const text = JSON.stringify(entry);
    const put = () => attempt((storage) => storage.setItem(KEY_PREFIX + entry.id, text) ?? true);
    if (put()) return;
    // No room: the older half gives way, once.
    attempt((storage) => {
      for (const { id } of entries.slice(entries.length / 2)) storage.removeItem(KEY_PREFIX + id);
    });
    put();
  }

  function change(next: readonly HistoryEntry[]): void {
    entries = next;
    for (const listener of listeners) listener();
  }

  return {
    /** Newest first. The same array until something changes. */
    entries: () => entries,
    /** The entry of the prediction `id`; null when there is none. */
    find: (id: string) => entries.find((entry) => entry.id === id) ?? null,
    add(added: readonly HistoryEntry[]): void {
      const ids = new Set(added.map(({ id }) => id));
      const all = [...added, ...entries.filter(({ id }) => !ids.has(id))].sort(newestFirst);
      const newest = all.slice(0, max);
      attempt((storage) => {
        for (const { id } of all.slice(max)) storage.removeItem(KEY_PREFIX + id);
      });
      change(newest);
      for (const entry of newest) if (ids.has(entry.id)) write(entry);
    },
    remove(ids: readonly string[]): void {
      attempt((storage) => {
        for (const id of ids) storage.removeItem(KEY_PREFIX + id);
      });
      change(entries.filter(({ id }) => !ids.includes(id)));
    },
    /** Another tab has written under `key`, null for every key: loads the stored entries again. */
    reload(key: string | null): void {
      if (key === null || key.startsWith(KEY_PREFIX)) change(load() ?? entries);
    },
    /** Calls `listener` after each change; returns the function that ends the calls. */
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
export type History = ReturnType<typeof createHistory>;

function newestFirst(a: HistoryEntry, b: HistoryEntry): number {
  return b.at.localeCompare(a.at) || b.id.localeCompare(a.id);
}
