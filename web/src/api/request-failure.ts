import type { FailureCode } from '../state/failure.ts';

/** A request that brought no prediction. */
export class RequestFailure extends Error {
  readonly code: FailureCode;
  readonly retryable: boolean;
  /** How long the service asks to wait before the next try; null where it says nothing. */
  readonly retryAfterMs: number | null;

  constructor(options: {
    code: FailureCode;
    retryable: boolean;
    retryAfterMs?: number | null;
    cause?: unknown;
  }) {
    super(options.code, { cause: options.cause });
    this.code = options.code;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
