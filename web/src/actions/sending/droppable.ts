/** How long a request that is dropped may still take to be accepted, before it is aborted. */
const GRACE_MS = 3000;

/**
 * Sends what the service accepts under an id, and may be dropped before. The returned promise settles as that of `send`, or
 * at once with the signal's reason when that is aborted. By then the service may have all of the request: an aborted one
 * would be accepted all the same, and nobody would know its id. So it goes on for a while, and `onLate` gets what it
 * resolves to.
 */
export function droppable<Accepted>(
  send: (signal: AbortSignal) => Promise<Accepted>,
  { signal, onLate }: { signal: AbortSignal; onLate: (accepted: Accepted) => void },
): Promise<Accepted> {
  return new Promise((resolve, reject) => {
    const request = new AbortController();
    signal.addEventListener('abort', () => {
      reject(signal.reason);
      setTimeout(() => request.abort(), GRACE_MS);
    });
    send(request.signal).then((accepted) => (signal.aborted ? onLate(accepted) : resolve(accepted)), reject);
  });
}
