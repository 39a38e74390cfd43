import { BATCH_PICTURES_MAX, batch, batchAccepted } from '@inkqueue/shared/contracts/batch';
import { z } from 'zod';
import type { Batches } from '../batches/batches.ts';
import { images } from '../http/bodies/body-kinds.ts';
import { type Route, route } from '../http/route.ts';
import { previewQuery } from './preview.ts';
import { cancelAfterHeader } from './submitting.ts';

/** The path parameters of every route of one batch. */
export const batchParams = z.object({
  id: z.string().max(64).meta({ description: 'The batch’s id', format: 'uuid' }),
});

/** The routes of batches: many pictures in one request. */
export function batchRoutes(options: { batches: Pick<Batches, 'submit' | 'find'> }): Route[] {
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
      query: previewQuery,
      headers: { cancelAfterMs: cancelAfterHeader },
      body: images({ max: BATCH_PICTURES_MAX }),
      responses: {
        202: {
          description: 'Accepted and durable',
          schema: batchAccepted,
          headers: { Location: 'Address of the batch', 'Retry-After': 'Seconds to wait before a poll' },
        },
      },
      problems: [
        'invalid-request',
        'malformed-upload',
        'missing-file',
        'unexpected-field',
        'too-many-files',
        'upload-timeout',
        'unsupported-media-type',
        'busy',
        'redis-unavailable',
        'queue-full',
        'internal',
      ],
      async handle(ctx, { query, headers, body }) {
        const accepted = await batches.submit(body, { ...query, ...headers });
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
        offset: z.coerce
          .number()
          .int()
          .min(0)
          .default(0)
          .describe('First entry of the page, in the order sent'),
        limit: z.coerce.number().int().min(1).max(1_000).default(100).describe('Most entries of the page'),
      }),
      responses: { 200: { description: 'The batch at this moment', schema: batch } },
      problems: ['invalid-request', 'batch-not-found', 'batch-expired', 'redis-unavailable', 'internal'],
      async handle(ctx, { params, query }) {
        ctx.body = await batches.find(params.id, query);
      },
    }),
  ];
}
