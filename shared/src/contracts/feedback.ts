import { z } from 'zod/mini';
import { digit, digitsText, predictionId } from './prediction.ts';

const text = z
  .nullable(digitsText)
  .check(
    z.describe('All digits, with a line feed between lines, as `42`; null where the picture shows none'),
  );

/** What a person says an image shows. */
export const feedbackRequest = z
  .union(
    [
      z.object({ text }),
      z.object({
        digit: z.nullable(digit).check(z.describe('The digit; null where the picture shows none')),
      }),
    ],
    'Send a digit, as {"digit": 7}, or digits, as {"text": "42"}; null where the picture shows none.',
  )
  .register(z.globalRegistry, { id: 'FeedbackRequest' });
export type FeedbackRequest = z.infer<typeof feedbackRequest>;

/** PUT /predictions/{id}/feedback, 200: the feedback as saved, in place of an earlier one. */
export const feedback = z
  .object({
    id: predictionId,
    digit: z.nullable(digit).check(z.describe('The digit; null where the picture shows none, or several')),
    text,
    at: z.iso.datetime().check(z.describe('When it was saved')),
  })
  .register(z.globalRegistry, { id: 'Feedback' });
export type Feedback = z.infer<typeof feedback>;
