import type { Failure } from '../state/failure.ts';

/** A dropped folder, or a file that is gone or locked since it was chosen. */
export const UNREADABLE_FILE: Failure = { code: 'unreadable-file', retryable: false, retryAt: null };

/** The file of an image cannot be opened. */
export class UnreadableFileError extends Error {}

/** Whether the browser can open `file`: a request with a file that it cannot open fails as if there were no network. */
export async function isReadable(file: Blob): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}
