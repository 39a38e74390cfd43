import { z } from 'zod/mini';
import { digit, predictionId } from './prediction.ts';

/** What a person says that a picture shows. */
export const feedbackRequest = z
  .object({ digit: z.nullable(digit).check(z.describe('The digit that it is; null where it is none')) })
  .register(z.globalRegistry, { id: 'FeedbackRequest' });
export type FeedbackRequest = z.infer<typeof feedbackRequest>;

/** PUT /predictions/{id}/feedback, 200: as it is kept. The last word on a prediction counts. */
export const feedback = z
  .extend(feedbackRequest, { id: predictionId, at: z.iso.datetime().check(z.describe('When it was said')) })
  .register(z.globalRegistry, { id: 'Feedback' });
export type Feedback = z.infer<typeof feedback>;
