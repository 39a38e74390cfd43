/** Finds a storage of the browser. It may throw where storage is blocked; some browsers in apps have null in its place. */
export type FindStorage = () => Storage | null;

/** What `action` returns; null where the browser has no storage for this page, or no more room in it. */
export function withStorage<T>(find: FindStorage, action: (storage: Storage) => T): T | null {
  try {
    const storage = find();
    return storage && action(storage);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** What is stored under `key`; null where there is nothing, or something that is not JSON. */
export function readJson(storage: Storage, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null');
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * Every entry under a key that begins with `prefix`, each as `parse` reads it. A value that is not such an entry, or not under
 * its own key, goes: nobody else writes there.
 */
export function readEntries<Entry>(
  storage: Storage,
  prefix: string,
  { parse, keyOf }: { parse: (stored: unknown) => Entry | null; keyOf: (entry: Entry) => string },
): Entry[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  return keys
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => {
      const entry = parse(readJson(storage, key));
      if (entry !== null && key === prefix + keyOf(entry)) return [entry];
      storage.removeItem(key);
      return [];
    });
}
