import type { RequestFailure } from '../api/request-failure.ts';

/** The pause doubles from try to try; the service may ask for a longer one. */
const RETRY_MS = 1000;
const RETRY_MAX_MS = 30_000;
/** About ten minutes. */
const RETRIES_MAX = 24;

/** How long to wait before the next try, in milliseconds, after so many; null where none is worth while. */
export function retryPause({ retryable, retryAfterMs }: RequestFailure, retries: number): number | null {
  if (!retryable || retries >= RETRIES_MAX) return null;
  return Math.max(retryAfterMs ?? 0, Math.min(RETRY_MS * 2 ** retries, RETRY_MAX_MS));
}
