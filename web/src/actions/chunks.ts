/** Few enough that a slow line sends them within the time that the service gives one request. */
const CHUNK_BYTES = 8_000_000;
const CHUNK_FILES = 200;

/** Splits files into runs that are sent together, in order: each of at most 200 files and 8 MB, or of one larger file. */
export function chunked<T extends { file: Blob }>(all: readonly T[]): readonly (readonly T[])[] {
  const chunks: T[][] = [];
  let bytes = 0;
  for (const each of all) {
    const last = chunks.at(-1);
    if (last && last.length < CHUNK_FILES && bytes + each.file.size <= CHUNK_BYTES) {
      last.push(each);
      bytes += each.file.size;
    } else {
      chunks.push([each]);
      bytes = each.file.size;
    }
  }
  return chunks;
}
