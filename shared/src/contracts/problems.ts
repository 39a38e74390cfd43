import { z } from 'zod/mini';

interface ProblemKind {
  status: number;
  title: string;
  retryable: boolean;
}

/** Every stable code. Apart from the table below, so that the page need not fetch the table. */
const CODES = [
  'invalid-request',
  'malformed-upload',
  'missing-file',
  'unexpected-field',
  'too-many-files',
  'empty-file',
  'not-found',
  'prediction-not-found',
  'batch-not-found',
  'model-not-found',
  'feedback-off',
  'webhooks-off',
  'list-off',
  'method-not-allowed',
  'upload-timeout',
  'not-finished',
  'already-finished',
  'canceled',
  'not-retryable',
  'idempotency-in-progress',
  'prediction-expired',
  'batch-expired',
  'picture-gone',
  'too-large',
  'unsupported-media-type',
  'unsupported-format',
  'headers-too-large',
  'idempotency-mismatch',
  'fetch-refused',
  'fetch-failed',
  'unreadable-image',
  'too-many-pixels',
  'too-small',
  'no-ink',
  'internal',
  'upload-expired',
  'worker-lost',
  'queue-full',
  'feedback-full',
  'busy',
  'drained',
  'redis-unavailable',
  'deadline-passed',
] as const;

/**
 * Every problem that the service names, by its stable code: HTTP status, title, and whether the same request may
 * succeed later. The API's problem documents, the OpenAPI document, a failed prediction's `error` and the page's texts
 * are all made from this table.
 */
export const problemKinds = {
  'invalid-request': { status: 400, title: 'The request is not valid', retryable: false },
  'malformed-upload': { status: 400, title: 'The upload could not be parsed', retryable: false },
  'missing-file': { status: 400, title: 'No picture was sent', retryable: false },
  'unexpected-field': { status: 400, title: 'A file came in an unknown field', retryable: false },
  'too-many-files': { status: 400, title: 'Too many pictures were sent at once', retryable: false },
  'empty-file': { status: 400, title: 'The file is empty', retryable: false },
  'not-found': { status: 404, title: 'The service has nothing at this address', retryable: false },
  'prediction-not-found': { status: 404, title: 'No such prediction', retryable: false },
  'batch-not-found': { status: 404, title: 'No such batch', retryable: false },
  'model-not-found': { status: 404, title: 'No such model', retryable: false },
  'feedback-off': { status: 404, title: 'The service does not ask for feedback', retryable: false },
  'webhooks-off': { status: 404, title: 'The service calls no webhooks', retryable: false },
  'list-off': { status: 404, title: 'The service does not list predictions', retryable: false },
  'method-not-allowed': { status: 405, title: 'The path does not take this method', retryable: false },
  'upload-timeout': { status: 408, title: 'The upload took too long', retryable: true },
  'not-finished': { status: 409, title: 'The prediction has not ended yet', retryable: true },
  'already-finished': { status: 409, title: 'There is nothing left to cancel', retryable: false },
  canceled: { status: 409, title: 'The prediction was canceled', retryable: true },
  'not-retryable': { status: 409, title: 'There is nothing to read again', retryable: false },
  'idempotency-in-progress': {
    status: 409,
    title: 'A request with this Idempotency-Key is under way',
    retryable: true,
  },
  'prediction-expired': { status: 410, title: 'The prediction has expired', retryable: false },
  'batch-expired': { status: 410, title: 'The batch has expired', retryable: false },
  'picture-gone': { status: 410, title: 'The picture is no longer kept', retryable: false },
  'too-large': { status: 413, title: 'The upload is too large', retryable: false },
  'unsupported-media-type': {
    status: 415,
    title: 'The request body has an unsupported type',
    retryable: false,
  },
  'unsupported-format': { status: 415, title: 'The picture format is not supported', retryable: false },
  'headers-too-large': { status: 431, title: 'The request headers are too large', retryable: false },
  'idempotency-mismatch': {
    status: 422,
    title: 'The Idempotency-Key belongs to another request',
    retryable: false,
  },
  'fetch-refused': { status: 422, title: 'The address is not one to fetch from', retryable: false },
  'fetch-failed': { status: 422, title: 'The picture could not be fetched', retryable: false },
  'unreadable-image': { status: 422, title: 'The picture is damaged', retryable: false },
  'too-many-pixels': { status: 422, title: 'The picture has too many pixels', retryable: false },
  'too-small': { status: 422, title: 'The picture is too small', retryable: false },
  'no-ink': { status: 422, title: 'No digit was found in the picture', retryable: false },
  internal: { status: 500, title: 'Something went wrong inside the service', retryable: true },
  'upload-expired': { status: 503, title: 'The picture waited too long', retryable: true },
  'worker-lost': { status: 503, title: 'The workers were lost', retryable: true },
  'queue-full': { status: 503, title: 'The queue is full', retryable: true },
  'feedback-full': { status: 503, title: 'There is no room for more feedback', retryable: true },
  busy: { status: 503, title: 'Too many uploads at once', retryable: true },
  drained: { status: 503, title: 'The service takes no pictures at the moment', retryable: true },
  'redis-unavailable': { status: 503, title: 'The queue is away', retryable: true },
  'deadline-passed': { status: 504, title: 'No worker began with the picture in time', retryable: true },
} as const satisfies Record<(typeof CODES)[number], ProblemKind>;

export type ProblemCode = keyof typeof problemKinds;

/** Whether a prediction failed by the service's fault, and not by its image's: then it can be read again. */
export const isServiceFault = (code: ProblemCode): boolean =>
  code === 'internal' || code === 'worker-lost' || code === 'upload-expired';

export const problemCode = z
  .enum(CODES)
  .register(z.globalRegistry, { id: 'ProblemCode', description: 'Stable: programs can rely on it' });

/** Why a prediction failed: the same stable codes as the API's problem documents. */
export const predictionError = z
  .object({ code: problemCode, detail: z.string(), retryable: z.boolean() })
  .register(z.globalRegistry, { id: 'PredictionError' });
export type PredictionError = z.infer<typeof predictionError>;

/** The error of a prediction, whose code decides whether it is retryable. */
export function toPredictionError(code: ProblemCode, detail: string): PredictionError {
  return { code, detail, retryable: problemKinds[code].retryable };
}

/** RFC 9457 problem document, media type application/problem+json. */
export const problem = z
  .object({
    type: z.string().check(z.describe('URI reference of this kind of problem')),
    title: z.string(),
    status: z.int(),
    detail: z.string().check(z.describe('What was wrong with this request, in words')),
    code: problemCode,
    retryable: z.boolean().check(z.describe('Whether the same request may succeed later')),
    prediction_id: z.optional(z.uuidv7()).check(z.describe('The prediction, where there is one')),
    waiting: z.optional(z.int()).check(z.describe('How many pictures wait, where the queue is full')),
    data_removed: z
      .optional(z.literal(true))
      .check(z.describe('The service had it, and has removed its data: expired or deleted')),
    prediction_status: z.optional(z.string()).check(z.describe('Its state, where that is the problem')),
  })
  .register(z.globalRegistry, { id: 'Problem' });
export type Problem = z.infer<typeof problem>;
