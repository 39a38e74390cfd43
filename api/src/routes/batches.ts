import { Readable } from 'node:stream';
import { BATCH_PICTURES_MAX, batch, batchAccepted } from '@inkqueue/shared/contracts/batch';
import { z } from 'zod';
import type { Batches } from '../batches/batches.ts';
import { images } from '../http/bodies/body-kinds.ts';
import { numberText } from '../http/parse.ts';
import { type Route, route } from '../http/route.ts';
import { NO_WEBHOOK, submissionOf, submitQuery } from './submit-query.ts';
import { cancelAfterHeader, idempotencyKeyHeader, REPLAYED, replayedHeader } from './submitting.ts';

const FORMAT_TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson',
} as const;

/** The path parameters of every route of one batch. */
export const batchParams = z.object({
  id: z.string().max(64).meta({ description: 'The batch’s id', format: 'uuid' }),
});

/** The routes of batches: many pictures in one request. */
export function batchRoutes(options: { batches: Pick<Batches, 'submit' | 'find' | 'lines'> }): Route[] {
  const { batches } = options;
  return [
    route({
      method: 'post',
      path: '/batches',
      operationId: 'createBatch',
      tag: 'Batches',
      summary: 'Submit up to 1,000 pictures in one request',
      description:
        'Pictures go into the queue while the request arrives. Each is a prediction of its own; one that can’t be read fails its own entry only. Single requests go first.',
      query: submitQuery,
      refusedQuery: NO_WEBHOOK,
      headers: { cancelAfterMs: cancelAfterHeader, key: idempotencyKeyHeader },
      body: images({ max: BATCH_PICTURES_MAX }),
      responses: {
        202: {
          description: 'Accepted and durable',
          schema: batchAccepted,
          headers: {
            Location: 'Address of the batch',
            'Retry-After': 'Seconds to wait before a poll',
            ...replayedHeader,
          },
          links: ['getBatch', 'followBatch', 'cancelBatch', 'retryBatch', 'deleteBatch'],
        },
      },
      problems: [
        'invalid-request',
        'malformed-upload',
        'missing-file',
        'unexpected-field',
        'too-many-files',
        'upload-timeout',
        'too-large',
        'unsupported-media-type',
        'busy',
        'drained',
        'redis-unavailable',
        'queue-full',
        'idempotency-in-progress',
        'idempotency-mismatch',
        'batch-expired',
        'internal',
      ],
      async handle(ctx, { query, headers, body }) {
        const { accepted, isReplayed } = await batches.submit(body, {
          ...submissionOf(ctx, query),
          ...headers,
        });
        if (isReplayed) ctx.set(REPLAYED, 'true');
        ctx.status = 202;
        ctx.set('Location', accepted.links.self);
        ctx.set('Retry-After', '1');
        ctx.body = accepted;
      },
    }),
    route({
      method: 'get',
      path: '/batches/{id}',
      operationId: 'getBatch',
      tag: 'Batches',
      summary: 'The progress of a batch, and a page of its predictions',
      params: batchParams,
      query: z.object({
        format: z
          .enum(['json', 'ndjson', 'csv'])
          .default('json')
          .describe('`ndjson` and `csv` are the whole batch, a line for each picture'),
        offset: numberText(z.number().int().min(0).default(0)).describe(
          'First entry of the page, in the order sent',
        ),
        limit: numberText(z.number().int().min(1).max(1_000).default(100)).describe(
          'Most entries of the page',
        ),
      }),
      responses: {
        200: {
          description: 'The batch at this moment',
          schema: batch,
          headers: { 'Retry-After': 'While it is not finished: seconds to wait before the next poll' },
          alternatives: {
            'application/x-ndjson':
              'An object a line: filename, id, status, digit, text, confidence, uncertain, error',
            'text/csv':
              'The same columns, with a head; a name that a spreadsheet would take for a formula begins with ’',
          },
        },
      },
      problems: ['invalid-request', 'batch-not-found', 'batch-expired', 'redis-unavailable', 'internal'],
      async handle(ctx, { params, query }) {
        const { format, ...page } = query;
        if (format === 'json') {
          const found = await batches.find(params.id, page);
          if (!found.finished) ctx.set('Retry-After', '1');
          ctx.body = found;
          return;
        }
        ctx.body = Readable.from(await batches.lines(params.id, format));
        ctx.attachment(`batch-${params.id}.${format}`);
        ctx.type = FORMAT_TYPES[format];
      },
    }),
  ];
}
