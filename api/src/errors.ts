import type { PredictionStatus } from '@inkqueue/shared/contracts/prediction';
import { type Problem, type ProblemCode, problemKinds } from '@inkqueue/shared/contracts/problems';
import { isRedisAway, isRedisFull } from '@inkqueue/shared/node/redis/connections';

/** An error that reaches a client: one of the named problems, with the words for this request. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly predictionId: string | undefined;
  readonly predictionStatus: PredictionStatus | undefined;
  /** How many pictures wait, where that is the problem. */
  readonly waiting: number | undefined;
  /** Seconds until another try is worth it. */
  readonly retryAfterS: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    options: {
      predictionId?: string;
      predictionStatus?: PredictionStatus;
      waiting?: number;
      retryAfterS?: number;
    } = {},
  ) {
    super(detail);
    this.code = code;
    this.predictionId = options.predictionId;
    this.predictionStatus = options.predictionStatus;
    this.waiting = options.waiting;
    this.retryAfterS = options.retryAfterS;
  }
}

/** Seconds until a refused request is worth another try. */
const RETRY_AFTER_S = 2;

/** Any error as a named problem. An error without a name is `internal`, and its text stays in the log. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isRedisFull(error))
    return new ProblemError('queue-full', 'The queue holds as much as it may. Try again soon.');
  if (isRedisAway(error)) {
    return new ProblemError('redis-unavailable', 'The queue can’t be reached at the moment. Try again soon.');
  }
  if (isClientError(error)) {
    return error.status === 404
      ? new ProblemError('not-found', 'There is no such file.')
      : new ProblemError('invalid-request', 'The path is not valid percent-encoded text.');
  }
  return new ProblemError('internal', 'The service failed to answer. The error has been logged.');
}

/** What @koa/send throws for a file that isn't there or a path that can't be decoded. */
function isClientError(error: unknown): error is Error & { status: number } {
  return (
    error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number' &&
    error.status >= 400 &&
    error.status < 500
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
    ...(error.waiting !== undefined && { waiting: error.waiting }),
    ...(status === 410 && { data_removed: true as const }),
    ...(error.predictionStatus && { prediction_status: error.predictionStatus }),
  };
}

/** Headers that go with a problem: `Retry-After` wherever waiting helps. */
export function problemHeaders(error: ProblemError): Record<string, string> {
  return problemKinds[error.code].status === 503
    ? { 'Retry-After': String(error.retryAfterS ?? RETRY_AFTER_S) }
    : {};
}

/** Why nothing is read again. */
export function notRetried(
  why: 'not-failed' | 'no-bytes' | 'runs',
  options: { predictionId?: string; predictionStatus?: PredictionStatus } = {},
): ProblemError {
  switch (why) {
    case 'no-bytes':
      return new ProblemError(
        'picture-gone',
        'The picture is kept for RETRY_KEEP_SECONDS at most. Send it again.',
        options,
      );
    case 'runs':
      return new ProblemError(
        'not-finished',
        'The prediction, or one that came with it, has not ended. Try again once it has.',
        options,
      );
    case 'not-failed':
      return new ProblemError(
        'not-retryable',
        'Only what failed by the service’s fault is read again, and only once it has ended.',
        options,
      );
  }
}
