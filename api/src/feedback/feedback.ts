import type { Feedback, FeedbackRequest } from '@inkqueue/shared/contracts/feedback';
import { isFinal } from '@inkqueue/shared/contracts/prediction';
import { ProblemError } from '../errors.ts';
import type { Predictions } from '../predictions/predictions.ts';
import type { FeedbackRecords } from './records.ts';

export type FeedbackCollector = ReturnType<typeof createFeedback>;

/** The digits that people say images show, beside what the predictions said, for at most `max` predictions. */
export function createFeedback(options: {
  predictions: Pick<Predictions, 'find'>;
  records: Pick<FeedbackRecords, 'save'>;
  max: number;
}) {
  const { predictions, records, max } = options;
  return {
    /**
     * Saves the digit that a person says an image shows, in place of an earlier one.
     *
     * @throws ProblemError prediction-not-found, prediction-expired, not-finished, feedback-full
     */
    async save(id: string, { digit }: FeedbackRequest): Promise<Feedback> {
      const { status, result, error, model, preview } = await predictions.find(id);
      if (!isFinal(status)) {
        throw new ProblemError(
          'not-finished',
          'The prediction has not ended yet. Send feedback once it has.',
        );
      }
      const at = new Date(Date.now()).toISOString();
      const record = {
        digit,
        at,
        predicted_digit: result?.predicted_digit ?? null,
        confidence: result?.confidence ?? null,
        uncertain: result?.uncertain ?? null,
        error: error?.code ?? null,
        model,
        preview,
      };
      if (await records.save(id, record, { max })) return { id, digit, at };
      throw new ProblemError('feedback-full', 'There is no room for more feedback.');
    },
  };
}
