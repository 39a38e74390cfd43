import {
  type PredictionError,
  type Problem,
  type ProblemCode,
  problemKinds,
} from '@inkqueue/shared/contracts/problems';
import { isRedisAway, isRedisFull } from '@inkqueue/shared/node/redis';

/** An error that a client is told about: one of the named problems, with what was wrong this time in words. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly headers: Record<string, string>;
  readonly predictionId: string | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    options: { headers?: Record<string, string>; predictionId?: string } = {},
  ) {
    super(detail);
    this.code = code;
    this.headers = options.headers ?? {};
    this.predictionId = options.predictionId;
  }
}

/** Seconds until a refused request is worth another try. */
const RETRY_AFTER_S = 2;

/** What a client is told of any error. What is not named is `internal`, told without its text. */
export function toProblemError(err: unknown): ProblemError {
  if (err instanceof ProblemError) return err;
  if (isRedisFull(err))
    return new ProblemError('queue-full', 'The queue holds as much as it may. Try again soon.');
  if (isRedisAway(err)) {
    return new ProblemError('redis-unavailable', 'The queue can’t be reached at the moment. Try again soon.');
  }
  if (isClientError(err)) {
    return err.status === 404
      ? new ProblemError('not-found', 'There is no such file here.')
      : new ProblemError('invalid-request', 'The path can’t be read.');
  }
  return new ProblemError('internal', 'The service failed to answer. The error has been logged.');
}

/** What @koa/send throws for a file that isn't there or a path that can't be decoded. */
function isClientError(err: unknown): err is Error & { status: number } {
  return (
    err instanceof Error &&
    'status' in err &&
    typeof err.status === 'number' &&
    err.status >= 400 &&
    err.status < 500
  );
}

/** The problem document of an error. */
export function toProblem(error: ProblemError): Problem {
  const { status, title, retryable } = problemKinds[error.code];
  return {
    type: `urn:inkqueue:problem:${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    retryable,
    ...(error.predictionId && { prediction_id: error.predictionId }),
  };
}

/** A problem as the error of a prediction that it befell. */
export function toRefusal(error: ProblemError): PredictionError {
  const { retryable } = problemKinds[error.code];
  return { code: error.code, detail: error.message, retryable };
}

/** Headers that go with a problem: `Retry-After` wherever waiting helps. */
export function problemHeaders(error: ProblemError): Record<string, string> {
  const retry = problemKinds[error.code].status === 503 ? { 'Retry-After': String(RETRY_AFTER_S) } : {};
  return { ...retry, ...error.headers };
}
