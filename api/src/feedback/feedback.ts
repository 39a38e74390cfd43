import type { Feedback, FeedbackRequest } from '@inkqueue/shared/contracts/feedback';
import { isFinal } from '@inkqueue/shared/contracts/prediction';
import { ProblemError } from '../errors.ts';
import type { Predictions } from '../predictions/predictions.ts';
import type { FeedbackRecords } from './records.ts';

export interface FeedbackKeeper {
  /**
   * Keeps what a person says that a picture shows; the last word counts.
   *
   * @throws ProblemError prediction-not-found, prediction-expired, not-finished, feedback-full
   */
  say(id: string, request: FeedbackRequest): Promise<Feedback>;
}

/** What people say of predictions, kept beside what these said, up to `max` of them. */
export function createFeedback(options: {
  predictions: Pick<Predictions, 'find'>;
  records: Pick<FeedbackRecords, 'keep'>;
  max: number;
}): FeedbackKeeper {
  const { predictions, records, max } = options;
  return {
    async say(id, { digit }) {
      const { status, result, error, model, preview } = await predictions.find(id);
      if (!isFinal(status)) {
        throw new ProblemError('not-finished', 'The prediction has not ended yet. Say it once it has.');
      }
      const at = new Date().toISOString();
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
      if (await records.keep(id, record, { max })) return { id, digit, at };
      throw new ProblemError('feedback-full', 'As much feedback is kept as there is room for.');
    },
  };
}
