import { batchProgress } from '@inkqueue/shared/contracts/batch';
import type { Batches } from '../batches/batches.ts';
import { type Route, route } from '../http/route.ts';
import { batchParams } from './batches.ts';

/** The routes that end a batch, and begin with it anew. */
export function batchEndRoutes(options: {
  batches: Pick<Batches, 'cancel' | 'retry' | 'delete'>;
  removeFeedback: (predictionIds: readonly string[]) => Promise<void>;
}): Route[] {
  const { batches, removeFeedback } = options;
  return [
    route({
      method: 'post',
      path: '/batches/{id}/cancel',
      operationId: 'cancelBatch',
      tag: 'Batches',
      summary: 'Cancel what has not ended of a batch',
      description:
        'Each picture by itself: one that waits is never read, of one that is being read the result is discarded, and what has ended stays. Safe to repeat.',
      params: batchParams,
      responses: { 200: { description: 'The progress of the batch after it', schema: batchProgress } },
      problems: [
        'invalid-request',
        'batch-not-found',
        'already-finished',
        'batch-expired',
        'redis-unavailable',
        'internal',
      ],
      async handle(ctx, { params }) {
        ctx.body = await batches.cancel(params.id);
      },
    }),
    route({
      method: 'post',
      path: '/batches/{id}/retry',
      operationId: 'retryBatch',
      tag: 'Batches',
      summary: 'Read again what failed of a batch by the service’s fault',
      description:
        'Under the same ids, as long as the pictures are kept (`RETRY_KEEP_SECONDS`). What failed by its picture’s fault stays as it is.',
      params: batchParams,
      responses: { 200: { description: 'The progress of the batch after it', schema: batchProgress } },
      problems: [
        'invalid-request',
        'batch-not-found',
        'not-retryable',
        'not-finished',
        'picture-gone',
        'batch-expired',
        'redis-unavailable',
        'internal',
      ],
      async handle(ctx, { params }) {
        ctx.body = await batches.retry(params.id);
      },
    }),
    route({
      method: 'delete',
      path: '/batches/{id}',
      operationId: 'deleteBatch',
      tag: 'Batches',
      summary: 'Delete a batch with all its predictions',
      description:
        'Pictures, results and feedback are gone at once. What has not ended is canceled first. Later reads are 410.',
      params: batchParams,
      responses: { 204: { description: 'Deleted' } },
      problems: ['invalid-request', 'batch-not-found', 'batch-expired', 'redis-unavailable', 'internal'],
      async handle(ctx, { params }) {
        await removeFeedback(await batches.delete(params.id));
        ctx.status = 204;
      },
    }),
  ];
}
