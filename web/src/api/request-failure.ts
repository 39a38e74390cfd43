import type { ProblemCode } from '@inkqueue/shared/contracts/problems';

/** A request that did not succeed. */
export class RequestFailure extends Error {
  readonly code: ProblemCode | 'offline' | 'unreachable' | 'unexpected-response' | 'too-large-for-proxy';
  readonly retryable: boolean;
  /** How long the service asks to wait before the next try; null when it does not say. */
  readonly retryAfterMs: number | null;
  /** In the service's own words. */
  readonly detail: string | undefined;

  constructor(options: {
    code: RequestFailure['code'];
    retryable: boolean;
    retryAfterMs?: number | null;
    detail?: string;
    cause?: unknown;
  }) {
    super(options.code, { cause: options.cause });
    this.code = options.code;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.detail = options.detail;
  }
}
