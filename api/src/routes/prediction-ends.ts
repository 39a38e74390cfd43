import { prediction } from '@inkqueue/shared/contracts/prediction';
import { type Route, route } from '../http/route.ts';
import type { Predictions } from '../predictions/predictions.ts';
import { predictionParams } from './predictions.ts';

/** The routes that end a prediction, and begin with it anew. */
export function predictionEndRoutes(options: {
  predictions: Pick<Predictions, 'cancel' | 'retry' | 'delete'>;
  removeFeedback: (predictionIds: readonly string[]) => Promise<void>;
}): Route[] {
  const { predictions, removeFeedback } = options;
  return [
    route({
      method: 'post',
      path: '/predictions/{id}/cancel',
      operationId: 'cancelPrediction',
      tag: 'Predictions',
      summary: 'Cancel a prediction that has not ended',
      description:
        'One that waits is never read, and its picture is deleted at once. Of one that is being read the result is discarded. Safe to repeat.',
      params: predictionParams,
      responses: { 200: { description: 'The canceled prediction', schema: prediction } },
      problems: [
        'invalid-request',
        'prediction-not-found',
        'already-finished',
        'prediction-expired',
        'redis-unavailable',
        'internal',
      ],
      async handle(ctx, { params }) {
        ctx.body = await predictions.cancel(params.id);
      },
    }),
    route({
      method: 'post',
      path: '/predictions/{id}/retry',
      operationId: 'retryPrediction',
      tag: 'Predictions',
      summary: 'Read a picture again that failed by the service’s fault',
      description:
        'Under the same id, as long as the picture is kept (`RETRY_KEEP_SECONDS`). It waits again, and ends again; a deadline that it had is not set anew.',
      params: predictionParams,
      responses: { 200: { description: 'The prediction, which waits again', schema: prediction } },
      problems: [
        'invalid-request',
        'prediction-not-found',
        'not-retryable',
        'not-finished',
        'picture-gone',
        'prediction-expired',
        'redis-unavailable',
        'internal',
      ],
      async handle(ctx, { params }) {
        ctx.body = await predictions.retry(params.id);
      },
    }),
    route({
      method: 'delete',
      path: '/predictions/{id}',
      operationId: 'deletePrediction',
      tag: 'Predictions',
      summary: 'Delete a prediction',
      description:
        'Its picture, its result and its feedback are gone at once. One that has not ended is canceled first. Later reads are 410 with `data_removed`.',
      params: predictionParams,
      responses: { 204: { description: 'Deleted' } },
      problems: [
        'invalid-request',
        'prediction-not-found',
        'prediction-expired',
        'redis-unavailable',
        'internal',
      ],
      async handle(ctx, { params }) {
        // First: of a prediction that is gone already nobody would ask for it again.
        await removeFeedback([params.id]);
        await predictions.delete(params.id);
        ctx.status = 204;
      },
    }),
  ];
}
