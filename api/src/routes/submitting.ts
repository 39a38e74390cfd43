import type { Topic } from '@inkqueue/shared/contracts/live';
import type { ProblemCode } from '@inkqueue/shared/contracts/problems';
import type { z } from 'zod';
import { ProblemError } from '../errors.ts';
import { CANCEL_AFTER, parseCancelAfter } from '../http/headers/cancel-after.ts';
import { IDEMPOTENCY_KEY, parseIdempotencyKey } from '../http/headers/idempotency-key.ts';
import { parsePrefer } from '../http/headers/prefer.ts';
import type { RequestHeader, ResponseDescription } from '../http/route.ts';

// What the routes that take images have in common.

export const uploadProblems = [
  'invalid-request',
  'malformed-upload',
  'missing-file',
  'unexpected-field',
  'too-many-files',
  'empty-file',
  'upload-timeout',
  'too-large',
  'unsupported-media-type',
  'unsupported-format',
  'idempotency-in-progress',
  'idempotency-mismatch',
  'queue-full',
  'busy',
  'drained',
  'redis-unavailable',
] as const satisfies readonly ProblemCode[];

/** How a prediction may end other than with a result. */
export const endProblems = [
  'unreadable-image',
  'too-many-pixels',
  'too-small',
  'no-ink',
  'fetch-refused',
  'fetch-failed',
  'internal',
  'upload-expired',
  'worker-lost',
  'canceled',
  'deadline-passed',
  // Redis lost its data while the client waited.
  'prediction-expired',
] as const satisfies readonly ProblemCode[];

export const preferHeader: RequestHeader<ReturnType<typeof parsePrefer>> = {
  name: 'Prefer',
  description:
    'RFC 7240: `wait=N` waits up to N seconds for the end, `respond-async` answers at once; both: up to N seconds, then 202',
  parse: parsePrefer,
};

export const cancelAfterHeader: RequestHeader<number | null> = {
  name: 'Cancel-After',
  description:
    'How long the prediction may wait for a worker to begin, as `500ms`, `30s`, `1m` or `2h`; it is canceled then, with the code `deadline-passed`',
  pattern: CANCEL_AFTER,
  parse: parseCancelAfter,
};

const BOOLEANS = new Map([
  ['true', true],
  ['?1', true],
  ['1', true],
  ['false', false],
  ['?0', false],
  ['0', false],
]);

export const cancelOnDisconnectHeader: RequestHeader<boolean> = {
  name: 'Cancel-On-Disconnect',
  description: '`false` keeps the prediction where the client closes the connection before the answer',
  pattern: /^(?:true|false|\?[01]|[01])$/,
  parse(value = 'true') {
    const parsed = BOOLEANS.get(value.trim().toLowerCase());
    if (parsed !== undefined) return parsed;
    throw new ProblemError('invalid-request', 'The header Cancel-On-Disconnect is true or false.');
  },
};

export const idempotencyKeyHeader: RequestHeader<string | null> = {
  name: 'Idempotency-Key',
  description:
    'Makes the request safe to repeat: of all requests with one key, of all clients, the first one is carried out, and the others get what it made, for 24 hours. A string in quotes, or bare',
  pattern: IDEMPOTENCY_KEY,
  parse: parseIdempotencyKey,
};

/** The response's header where an earlier request with the same key is answered again. */
export const REPLAYED = 'Idempotency-Replayed';
export const replayedHeader = {
  [REPLAYED]: '`true` where an earlier request with the same key is answered again',
};

export const cacheControlHeader: RequestHeader<boolean> = {
  name: 'Cache-Control',
  description:
    '`no-cache` has the picture read even where the service keeps results (`RESULT_CACHE_TTL_SECONDS`) and knows this one',
  parse: (value) => !/(^|,)\s*no-(cache|store)\s*(,|$)/i.test(value ?? ''),
};

/** The response that is the events of a topic, whose snapshots have the shape of `schema`. */
export function eventStreamResponse(name: Topic, schema: z.core.$ZodType): ResponseDescription {
  return {
    description: 'Server-sent events: a whole snapshot each, the current one first, the last one at the end',
    events: { name, schema },
  };
}
