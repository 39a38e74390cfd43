import { NoImageError } from '../state/failure.ts';
import { IMAGE_MAX_BYTES } from '../state/image-limit.ts';

/**
 * The file with its content in memory: a file that changes on the disk while it is sent would break the request, as if
 * there were no network. @throws NoImageError when the file is too large or cannot be read
 */
export async function loadFile(file: File): Promise<File> {
  if (IMAGE_MAX_BYTES !== null && file.size > IMAGE_MAX_BYTES) throw new NoImageError('too-large');
  try {
    return new File([await file.arrayBuffer()], file.name, { type: file.type });
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    // NotReadableError: the file has changed since it was chosen, or the browser may not open it. Else it is a dropped folder.
    const code = cause.name === 'NotReadableError' ? 'changed-file' : 'unreadable-file';
    throw new NoImageError(code, { cause });
  }
}
