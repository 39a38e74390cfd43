import type { IncomingMessage } from 'node:http';

/** A client that sends nothing for this long is not going to read the response only after the rest. */
const SILENCE_MAX_MS = 1_000;
/** How long reading on may take in all. */
const TOTAL_MAX_MS = 10_000;

/**
 * Reads what is left of a request's body and keeps nothing of it: a client that sends all of a request before it reads
 * would lose the response in the reset of its connection.
 *
 * @param maxBytes how much of it
 * @returns whether the request came to its end
 */
export function discardBody(request: IncomingMessage, maxBytes: number): Promise<boolean> {
  // A decoder that nobody reads from holds the request back.
  request.unpipe();
  if (request.complete || request.destroyed) {
    request.resume();
    return Promise.resolve(request.complete);
  }
  return new Promise((resolve) => {
    let size = 0;
    const silence = setTimeout(finish, SILENCE_MAX_MS);
    const total = setTimeout(finish, TOTAL_MAX_MS);
    function finish(): void {
      clearTimeout(silence);
      clearTimeout(total);
      request.off('data', count).off('end', finish).off('close', finish);
      if (!request.complete) request.pause();
      resolve(request.complete);
    }
    function count(chunk: Buffer): void {
      size += chunk.length;
      if (size > maxBytes) finish();
      else silence.refresh();
    }
    request.on('data', count).once('end', finish).once('close', finish).resume();
  });
}
