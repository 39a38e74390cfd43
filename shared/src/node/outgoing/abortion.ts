/** Rejects when the signal aborts: not all that a request waits for, its look-up say, ends by itself then. */
export const abortion = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
