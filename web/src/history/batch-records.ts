import { type FindStorage, readEntries, withStorage } from '../browser/storage.ts';
import type { PageBatch } from '../state/batch/batch.ts';
import { type BatchRecord, parseRecord, toRecord } from '../state/batch/record.ts';

/** The number is the version of the stored shape: another shape gets another number. */
const KEY_PREFIX = 'inkqueue.batch.1.';
const BATCHES_MAX = 20;
/** Of all batches together: about half a megabyte. */
const ITEMS_MAX = 5000;
/** While a batch is read it changes many times a second. */
const SAVE_INTERVAL_MS = 1000;

/**
 * Stores batches in this browser, each under its own key: the newest ones, up to a number of pictures. Where storage is
 * blocked or full, they last as long as the page.
 */
export function createBatchRecords(options: { storage: FindStorage }) {
  const attempt = <T>(action: (storage: Storage) => T) => withStorage(options.storage, action);
  const listeners = new Set<() => void>();
  let records = load() ?? [];
  let saved: readonly PageBatch[] = [];
  let unsaved: readonly PageBatch[] = saved;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function load(): readonly BatchRecord[] | null {
    const found = attempt((storage) =>
      readEntries(storage, KEY_PREFIX, { parse: parseRecord, keyOf: ({ key }) => key }),
    );
    return found?.toSorted(newestFirst) ?? null;
  }

  function change(next: readonly BatchRecord[]): void {
    records = next;
    for (const listener of listeners) listener();
  }

  function remove(keys: readonly string[]): readonly BatchRecord[] {
    const isRemoved = ({ key }: { key: string }) => keys.includes(key);
    const removed = records.filter(isRemoved);
    for (const key of keys) attempt((storage) => storage.removeItem(KEY_PREFIX + key));
    change(records.filter((record) => !isRemoved(record)));
    return removed;
  }

  function save(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const changed = unsaved.filter((batch) => batch.items.length > 0 && !saved.includes(batch)).map(toRecord);
    saved = unsaved;
    if (changed.length > 0) add(changed);
  }

  /** In place of those with the same keys. */
  function add(added: readonly BatchRecord[]): void {
    const keys = new Set(added.map(({ key }) => key));
    const all = [...added, ...records.filter(({ key }) => !keys.has(key))].toSorted(newestFirst);
    const kept = all.filter((_, index) => index === 0 || fits(all.slice(0, index + 1)));
    for (const { key } of all.slice(kept.length)) attempt((storage) => storage.removeItem(KEY_PREFIX + key));
    for (const record of kept)
      if (keys.has(record.key))
        attempt((storage) => storage.setItem(KEY_PREFIX + record.key, JSON.stringify(record)));
    change(kept);
  }

  return {
    /** Newest first. The same array until something changes. */
    entries: () => records,
    /** The batch at this address, by its key or any of its ids; null when there is none. */
    find(address: string): BatchRecord | null {
      const named = address.split(',');
      const isNamed = ({ items }: BatchRecord) =>
        items.some(({ accepted }) => accepted && named.includes(accepted.batchId));
      return records.find((record) => record.key === address || isNamed(record)) ?? null;
    },
    add,
    /** Returns what was removed. */
    remove,
    save,
    /** The page's batches have changed. */
    changed(batches: readonly PageBatch[]): void {
      if (batches === unsaved) return;
      const isNew = batches.length !== unsaved.length;
      // One that the page is about to forget is kept as it was last.
      if (isNew && timer !== null) save();
      unsaved = batches;
      if (isNew) save();
      else timer ??= setTimeout(save, SAVE_INTERVAL_MS);
    },
    /** Another tab has written under `key`, null for every key: loads the stored batches again. */
    reload(key: string | null): void {
      if (key === null || key.startsWith(KEY_PREFIX)) change(load() ?? records);
    },
    /** Calls `listener` after each change; returns the function that ends the calls. */
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
export type BatchRecords = ReturnType<typeof createBatchRecords>;

function fits(records: readonly BatchRecord[]): boolean {
  const items = records.reduce((sum, record) => sum + record.items.length, 0);
  return records.length <= BATCHES_MAX && items <= ITEMS_MAX;
}

function newestFirst(one: BatchRecord, other: BatchRecord): number {
  return other.at.localeCompare(one.at);
}
