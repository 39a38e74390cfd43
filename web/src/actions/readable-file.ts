import type { Failure } from '../state/failure.ts';

/** A folder that was dropped, or a file that is gone or locked since it was chosen. */
export const unreadableFile: Failure = { code: 'unreadable-file', retryable: false, retryAt: null };

/** Whether the browser can open `file`: a request with one that it can't fails as if there were no network. */
export async function isReadable(file: Blob): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}
