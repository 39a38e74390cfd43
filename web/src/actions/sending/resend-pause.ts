import type { RequestFailure } from '../../api/request-failure.ts';
import { retryPauseMs } from '../../api/retry-pause.ts';

const RESEND_FIRST_MS = 1000;
const RESEND_MAX_MS = 30_000;
/** About ten minutes. */
const RESENDS_MAX = 24;

/** How long to wait before an image is sent again, in milliseconds, after `resends`; null when the page gives up. */
export function resendPauseMs(failure: RequestFailure, resends: number): number | null {
  if (!failure.retryable || resends >= RESENDS_MAX) return null;
  return retryPauseMs(failure, { retries: resends, firstMs: RESEND_FIRST_MS, maxMs: RESEND_MAX_MS });
}
