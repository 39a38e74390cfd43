import type { ProblemCode } from '@inkqueue/shared/contracts/problems';

/** The API's stable codes, and the failures that only the page can notice. */
export type FailureCode = ProblemCode | 'offline' | 'unreachable' | 'unexpected-response' | 'unreadable-file';

/** Why a prediction has no result. */
export interface Failure {
  code: FailureCode;
  retryable: boolean;
  /** When the page tries again, on the clock of `performance.now()`; null when it does not. */
  retryAt: number | null;
}
