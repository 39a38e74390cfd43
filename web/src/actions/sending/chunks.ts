/** Few enough that a slow line sends them within the time that the service allows one request. */
const CHUNK_MAX_BYTES = 8_000_000;
const CHUNK_MAX_FILES = 200;

/** Splits files into chunks that are sent together, in order: each of at most 200 files and 8 MB, or of one larger file. */
export function chunked<T extends { file: Blob }>(all: readonly T[]): readonly (readonly T[])[] {
  const chunks: T[][] = [];
  let bytes = 0;
  for (const each of all) {
    const last = chunks.at(-1);
    if (last && last.length < CHUNK_MAX_FILES && bytes + each.file.size <= CHUNK_MAX_BYTES) {
      last.push(each);
      bytes += each.file.size;
    } else {
      chunks.push([each]);
      bytes = each.file.size;
    }
  }
  return chunks;
}
