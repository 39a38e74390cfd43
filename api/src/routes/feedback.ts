import { feedbackRequest, feedback as feedbackSchema } from '@inkqueue/shared/contracts/feedback';
import { ProblemError } from '../errors.ts';
import type { FeedbackCollector } from '../feedback/feedback.ts';
import { json } from '../http/bodies/body-kinds.ts';
import { type Route, route } from '../http/route.ts';
import { predictionParams } from './predictions.ts';

/** The route that takes feedback on a prediction. @param options.feedback null where the operator does not ask for it */
export function feedbackRoutes(options: { feedback: FeedbackCollector | null }): Route[] {
  const { feedback } = options;
  return [
    route({
      method: 'put',
      path: '/predictions/{id}/feedback',
      operationId: 'putFeedback',
      tag: 'Predictions',
      summary: 'Say what a picture really shows',
      description:
        'Where the operator asks for it (`FEEDBACK=1`): then each prediction’s `links.feedback` leads here. Once the prediction has ended, as `digit` or, of several, as `text`, and as often as wanted: the last word counts. It is kept after the prediction itself has expired, and nobody but the operator can read it.',
      params: predictionParams,
      body: json(feedbackRequest),
      responses: { 200: { description: 'The feedback as saved', schema: feedbackSchema } },
      problems: [
        'invalid-request',
        'feedback-off',
        'prediction-not-found',
        'not-finished',
        'prediction-expired',
        'too-large',
        'unsupported-media-type',
        'upload-timeout',
        'feedback-full',
        'busy',
        'redis-unavailable',
        'internal',
      ],
      async handle(ctx, { params, body }) {
        if (!feedback)
          throw new ProblemError(
            'feedback-off',
            'This service does not ask for feedback. The operator turns it on with FEEDBACK=1.',
          );
        ctx.body = await feedback.save(params.id, body);
      },
    }),
  ];
}
