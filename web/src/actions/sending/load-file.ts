import { NoImageError } from '../../state/prediction/failure.ts';

/** A file of more bytes is no picture: it is not read at all. The service's own limit holds for what is sent. */
const FILE_MAX_BYTES = 200_000_000;

/**
 * The file with its content in memory: a file that changes on the disk while it is sent would break the request, as if
 * there were no network. @throws NoImageError when the file is too large or cannot be read
 */
export async function loadFile(file: File): Promise<File> {
  if (file.size > FILE_MAX_BYTES) throw new NoImageError('too-large');
  try {
    return new File([await file.arrayBuffer()], file.name, { type: file.type });
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    // NotReadableError: the file has changed since it was chosen, or the browser may not open it. Else it is a dropped folder.
    const code = cause.name === 'NotReadableError' ? 'changed-file' : 'unreadable-file';
    throw new NoImageError(code, { cause });
  }
}
