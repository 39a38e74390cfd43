/**
 * The pause before a retry: `firstMs`, doubled with each attempt, at most `longestMs`.
 *
 * @param attempt 0 for the first retry
 * @returns milliseconds
 */
export function backoffMs(attempt: number, bounds: { firstMs: number; longestMs: number }): number {
  return Math.min(bounds.firstMs * 2 ** attempt, bounds.longestMs);
}
