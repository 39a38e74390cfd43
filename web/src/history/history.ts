import { type HistoryEntry, historyEntry } from '../state/history-entry.ts';

/** The number is the version of what lies there: another shape gets another one. */
const PREFIX = 'inkqueue.history.1.';

export interface History {
  /** Newest first. The same array until something changes. */
  entries: () => readonly HistoryEntry[];
  /** What is kept of the prediction `id`; null where that is nothing. */
  find: (id: string) => HistoryEntry | null;
  add: (added: readonly HistoryEntry[]) => void;
  remove: (ids: readonly string[]) => void;
  /** Another tab has written: takes over what is stored now. `key` is what it wrote, null for everything. */
  stored: (key: string | null) => void;
  /** Calls `listener` after each change; returns the function that ends it. */
  subscribe: (listener: () => void) => () => void;
}

/**
 * Remembers the last `max` finished predictions in this browser, each under a key of its own: two tabs that write at the
 * same time never write over each other. Where storage is blocked or full the history lasts as long as the page.
 */
export function createHistory(options: { storage: () => Storage | null; max: number }): History {
  const { max } = options;
  const listeners = new Set<() => void>();
  let entries = load() ?? [];

  function load(): readonly HistoryEntry[] | null {
    return attempt((storage) => {
      const found: HistoryEntry[] = [];
      for (const key of keysOf(storage)) {
        const entry = parse(storage.getItem(key));
        if (entry && key === PREFIX + entry.id) found.push(entry);
        else storage.removeItem(key);
      }
      const sorted = found.sort(newestFirst);
      for (const { id } of sorted.slice(max)) storage.removeItem(PREFIX + id);
      return sorted.slice(0, max);
    });
  }

  /** Null where the browser has no storage for this page, or no more room in it. */
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
    const put = () => attempt((storage) => storage.setItem(PREFIX + entry.id, text) ?? true);
    if (put()) return;
    // No room: the older half gives way, once.
    attempt((storage) => {
      for (const { id } of entries.slice(entries.length / 2)) storage.removeItem(PREFIX + id);
    });
    put();
  }

  function change(next: readonly HistoryEntry[]): void {
    entries = next;
    for (const listener of listeners) listener();
  }

  return {
    entries: () => entries,
    find: (id) => entries.find((entry) => entry.id === id) ?? null,
    add(added) {
      const ids = new Set(added.map(({ id }) => id));
      const all = [...added, ...entries.filter(({ id }) => !ids.has(id))].sort(newestFirst);
      const kept = all.slice(0, max);
      attempt((storage) => {
        for (const { id } of all.slice(max)) storage.removeItem(PREFIX + id);
      });
      change(kept);
      for (const entry of kept) if (ids.has(entry.id)) write(entry);
    },
    remove(ids) {
      attempt((storage) => {
        for (const id of ids) storage.removeItem(PREFIX + id);
      });
      change(entries.filter(({ id }) => !ids.includes(id)));
    },
    stored(key) {
      if (key === null || key.startsWith(PREFIX)) change(load() ?? entries);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function keysOf(storage: Storage): string[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  return keys.filter((key) => key.startsWith(PREFIX));
}

function parse(text: string | null): HistoryEntry | null {
  try {
    return historyEntry.safeParse(JSON.parse(text ?? '')).data ?? null;
  } catch {
    return null;
  }
}

function newestFirst(a: HistoryEntry, b: HistoryEntry): number {
  return b.at.localeCompare(a.at) || b.id.localeCompare(a.id);
}
