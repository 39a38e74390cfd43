/** Names of files that the system itself puts into folders. */
const SYSTEM_FILES = /^(\.|thumbs\.db$|desktop\.ini$)/i;
/** Pictures of formats that browsers know no type for. */
const PICTURE_NAMES = /\.(heic|heif|avif|tiff?|bmp|jfif|dng)$/i;
/** A folder of more files is none that somebody wants to have read. */
const FILES_MAX = 5000;

/** The pictures in dropped folders, and beside them, in the order of their names; how many other files there were. */
export async function picturesIn(
  entries: readonly FileSystemEntry[],
): Promise<{ pictures: readonly File[]; others: number }> {
  const files: File[] = [];
  await collect(entries, files);
  const pictures = files.filter(({ name, type }) => type.startsWith('image/') || PICTURE_NAMES.test(name));
  return { pictures, others: files.length - pictures.length };
}

async function collect(entries: readonly FileSystemEntry[], files: File[]): Promise<void> {
  const inOrder = entries.toSorted((one, other) =>
    one.name.localeCompare(other.name, undefined, { numeric: true }),
  );
  for (const entry of inOrder) {
    if (files.length >= FILES_MAX) return;
    if (SYSTEM_FILES.test(entry.name)) continue;
    if (isFile(entry)) files.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)));
    else if (isDirectory(entry)) await collect(await childrenOf(entry), files);
  }
}

/** A reader hands out a part of the children at a time, and none in the end. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
