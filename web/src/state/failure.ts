import type { ProblemCode } from '@inkqueue/shared/contracts/problems';

/** The API's stable codes, and what only the page can notice. */
export type FailureCode = ProblemCode | 'offline' | 'unreachable' | 'unexpected-answer' | 'unreadable-file';

/** Why a reading has no answer. */
export interface Failure {
  code: FailureCode;
  retryable: boolean;
  /** When the page tries again by itself, on the clock of `performance.now()`; null when it does not. */
  retryAt: number | null;
}
