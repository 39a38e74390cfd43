import type { ProblemCode } from '@inkqueue/shared/contracts/problems';

/** The API's stable codes, and the failures that only the page can notice. */
export type FailureCode =
  | ProblemCode
  | 'offline'
  | 'unreachable'
  | 'unexpected-response'
  | 'too-large-for-proxy'
  | 'unreadable-file'
  | 'changed-file'
  | 'not-sent'
  | 'address-refused'
  | 'altered-drawing'
  | 'page-error';

/** Why a prediction has no result. */
export interface Failure {
  code: FailureCode;
  retryable: boolean;
  /** When the page tries again, on the clock of `performance.now()`; null when it does not. */
  retryAt: number | null;
  /** In the service's own words; undefined where the failure is the page's. */
  detail?: string | undefined;
}

/** A failure that no retry can heal. */
export function finalFailure(code: FailureCode): Failure {
  return { code, retryable: false, retryAt: null };
}

/** The page has no image to send: its file cannot be read, or the browser altered the drawing. */
export class NoImageError extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
