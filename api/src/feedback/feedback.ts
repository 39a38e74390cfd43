import type { Feedback, FeedbackRequest } from '@inkqueue/shared/contracts/feedback';
import { isFinal } from '@inkqueue/shared/contracts/prediction';
import { ProblemError } from '../errors.ts';
import type { Predictions } from '../predictions/predictions.ts';
import type { FeedbackRecords } from './records.ts';

export type FeedbackCollector = ReturnType<typeof createFeedback>;

/** What people say that images show, beside what the predictions said, for at most `max` predictions. */
export function createFeedback(options: {
  predictions: Pick<Predictions, 'find'>;
  records: Pick<FeedbackRecords, 'save'>;
  max: number;
}) {
  const { predictions, records, max } = options;
  return {
    /**
     * Saves what a person says an image shows, in place of an earlier one.
     *
     * @throws ProblemError prediction-not-found, prediction-expired, not-finished, feedback-full
     */
    async save(id: string, request: FeedbackRequest): Promise<Feedback> {
      const { status, result, error, model, preview } = await predictions.find(id);
      if (!isFinal(status)) {
        throw new ProblemError(
          'not-finished',
          'The prediction has not ended yet. Send feedback once it has.',
        );
      }
      const at = new Date(Date.now()).toISOString();
      const text = 'text' in request ? request.text : (request.digit?.toString() ?? null);
      const said = { digit: text?.length === 1 ? Number(text) : null, text, at };
      const record = {
        ...said,
        predicted_digit: result?.predicted_digit ?? null,
        predicted_text: result?.text ?? null,
        confidence: result?.confidence ?? null,
        uncertain: result?.uncertain ?? null,
        error: error?.code ?? null,
        model,
        preview,
      };
      if (await records.save(id, record, { max })) return { id, ...said };
      throw new ProblemError('feedback-full', 'There is no room for more feedback.');
    },
  };
}
