import { predictionPage, predictionStatus } from '@inkqueue/shared/contracts/prediction';
import { z } from 'zod';
import { ProblemError } from '../errors.ts';
import { numberText } from '../http/parse.ts';
import { type Route, route } from '../http/route.ts';
import type { Lists } from '../lists.ts';

/** The route that lists predictions. @param options.lists null where the operator does not let clients list them */
export function listRoutes(options: { lists: Lists | null }): Route[] {
  const { lists } = options;
  return [
    route({
      method: 'get',
      path: '/predictions',
      operationId: 'listPredictions',
      tag: 'Predictions',
      summary: 'Predictions, newest first',
      description:
        'Where the operator lets clients list them (`LIST_PREDICTIONS=1`): every client sees those of all. Predictions that are no longer kept are not in the list.',
      query: z.object({
        status: z.optional(predictionStatus),
        batch: z.string().max(64).optional().describe('Those of one batch, the last one first'),
        after: z.string().max(128).optional().describe('Where the page before ended; `next` has it'),
        limit: numberText(z.number().int().min(1).max(100).default(20)).describe(
          'Most predictions of the page',
        ),
      }),
      responses: { 200: { description: 'A page', schema: predictionPage } },
      problems: [
        'invalid-request',
        'list-off',
        'batch-not-found',
        'batch-expired',
        'redis-unavailable',
        'internal',
      ],
      async handle(ctx, { query: { status = null, batch = null, after = null, limit } }) {
        if (!lists) {
          throw new ProblemError(
            'list-off',
            'This service does not list predictions. The operator turns it on with LIST_PREDICTIONS=1.',
          );
        }
        ctx.body = await lists.page({ status, batch, after, limit });
      },
    }),
  ];
}
