const TIMEOUT_MS = 10_000;

/**
 * The returned function tells the service that a prediction, or what has not ended of a batch, is no longer wanted. Nothing
 * waits for it: where the request fails, or comes too late, a worker reads the image in vain.
 */
export function createCancel(fetch: typeof globalThis.fetch) {
  return (resource: 'predictions' | 'batches', id: string): void => {
    fetch(`../${resource}/${id}/cancel`, {
      method: 'POST',
      // The page may be left right after.
      keepalive: true,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => {});
  };
}
export type Cancel = ReturnType<typeof createCancel>;
