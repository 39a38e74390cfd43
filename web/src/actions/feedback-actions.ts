import type { SendFeedback } from '../api/feedback.ts';
import { RequestFailure } from '../api/request-failure.ts';
import type { PageStore } from '../state/page.ts';
import { type FeedbackDigit, type FeedbackEvent, findFeedback } from '../state/prediction/feedback.ts';

/** A prediction that the service accepts feedback on. */
export interface FeedbackTarget {
  predictionId: string;
  /** Its `links.feedback`. */
  path: string;
}

/** How people give feedback on a result. */
export function createFeedbackActions(store: PageStore, sendFeedback: SendFeedback) {
  const emit = ({ predictionId }: FeedbackTarget, event: FeedbackEvent) =>
    store.dispatch({ type: 'feedback', predictionId, event });
  const isSending = ({ predictionId }: FeedbackTarget) =>
    findFeedback(store.state().feedback, predictionId)?.phase === 'sending';

  async function send(target: FeedbackTarget, digit: FeedbackDigit): Promise<void> {
    if (isSending(target)) return;
    emit(target, { type: 'chosen', digit });
    if (!isSending(target)) return;
    try {
      await sendFeedback(target.path, { digit });
      emit(target, { type: 'saved' });
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      emit(target, { type: 'failed', code: error.code, retryable: error.retryable });
    }
  }

  return {
    open: (target: FeedbackTarget) => emit(target, { type: 'opened' }),
    close: (target: FeedbackTarget) => emit(target, { type: 'closed' }),
    /** Sends the digit, also once more after a failure. */
    send: (target: FeedbackTarget, digit: FeedbackDigit) => void send(target, digit),
  };
}
export type FeedbackActions = ReturnType<typeof createFeedbackActions>;
