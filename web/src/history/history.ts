import { type HistoryEntry, parseEntry } from '../state/history-entry.ts';

/** The number is the version of the stored shape: another shape gets another number. */
const KEY_PREFIX = 'inkqueue.history.1.';

/**
 * Stores the last `max` finished predictions in this browser, each under its own key: two tabs that write at the same time
 * never overwrite each other. Where storage is blocked or full, the history lasts as long as the page.
 */
export function createHistory(options: { storage: () => Storage | null; max: number }) {
  const { max } = options;
  const listeners = new Set<() => void>();
  let entries = load() ?? [];

  function load(): readonly HistoryEntry[] | null {
    return attempt((storage) => {
      const found: HistoryEntry[] = [];
      for (const key of keysOf(storage)) {
        const entry = parse(storage.getItem(key));
        if (entry && key === KEY_PREFIX + entry.id) found.push(entry);
        else storage.removeItem(key);
      }
      const sorted = found.sort(newestFirst);
      for (const { id } of sorted.slice(max)) storage.removeItem(KEY_PREFIX + id);
      return sorted.slice(0, max);
    });
  }

  /** Null when the browser has no storage for this page, or no more room in it. */
  function attempt<T>(action: (storage: Storage) => T): T | null {
    try {
      const storage = options.storage();
      return storage && action(storage);
    } catch (error) {
      if (error instanceof DOMException) return null;
      throw error;
    }
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

function keysOf(storage: Storage): string[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  return keys.filter((key) => key.startsWith(KEY_PREFIX));
}

function parse(text: string | null): HistoryEntry | null {
  try {
    return parseEntry(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}

function newestFirst(a: HistoryEntry, b: HistoryEntry): number {
  return b.at.localeCompare(a.at) || b.id.localeCompare(a.id);
}
