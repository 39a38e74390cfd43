import { prediction } from '@inkqueue/shared/contracts/prediction';
import { type Route, route } from '../http/route.ts';
import type { Predictions } from '../predictions/predictions.ts';
import { predictionParams } from './predictions.ts';

/** The routes that end a prediction. */
export function predictionEndRoutes(options: { predictions: Pick<Predictions, 'cancel'> }): Route[] {
  const { predictions } = options;
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
  ];
}
