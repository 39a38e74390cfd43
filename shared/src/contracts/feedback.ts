import { z } from 'zod/mini';
import { digit, predictionId } from './prediction.ts';

/** The digit that a person says an image shows. */
export const feedbackRequest = z
  .object({ digit: z.nullable(digit).check(z.describe('The digit; null where the picture shows none')) })
  .register(z.globalRegistry, { id: 'FeedbackRequest' });
export type FeedbackRequest = z.infer<typeof feedbackRequest>;

/** PUT /predictions/{id}/feedback, 200: the feedback as saved, in place of an earlier one. */
export const feedback = z
  .extend(feedbackRequest, { id: predictionId, at: z.iso.datetime().check(z.describe('When it was saved')) })
  .register(z.globalRegistry, { id: 'Feedback' });
export type Feedback = z.infer<typeof feedback>;
