import type { RequestFailure } from './request-failure.ts';

/**
 * How long to wait before the next try of a failed request, in milliseconds: `firstMs`, doubled with each retry so far, up
 * to `maxMs`; longer when the service asks for it.
 */
export function retryPauseMs(
  { retryAfterMs }: RequestFailure,
  { retries, firstMs, maxMs }: { retries: number; firstMs: number; maxMs: number },
): number {
  return Math.max(retryAfterMs ?? 0, Math.min(firstMs * 2 ** retries, maxMs));
}
