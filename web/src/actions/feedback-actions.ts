import type { SendFeedback } from '../api/feedback.ts';
import { RequestFailure } from '../api/request-failure.ts';
import { type Feedback, type FeedbackEvent, feedbackOn, type SaidDigit } from '../state/feedback.ts';
import type { PageAction, PageState } from '../state/page.ts';
import type { Store } from '../state/store.ts';

/** A prediction of which the service would like to hear what it really is. */
export interface FeedbackTarget {
  predictionId: string;
  /** Its `links.feedback`. */
  path: string;
}

export interface FeedbackActions {
  open: (target: FeedbackTarget) => void;
  close: (target: FeedbackTarget) => void;
  /** Says what it is, once more where that failed before. */
  say: (target: FeedbackTarget, digit: SaidDigit) => void;
}

/** What was said of predictions by now, and the ways to say more. */
export interface FeedbackDesk extends FeedbackActions {
  all: readonly Feedback[];
}

/** What people can say of an answer. */
export function createFeedbackActions(
  store: Store<PageState, PageAction>,
  send: SendFeedback,
): FeedbackActions {
  const emit = ({ predictionId }: FeedbackTarget, event: FeedbackEvent) =>
    store.dispatch({ type: 'feedback', predictionId, event });
  const isSending = ({ predictionId }: FeedbackTarget) =>
    feedbackOn(store.state().feedback, predictionId)?.phase === 'sending';

  async function say(target: FeedbackTarget, digit: SaidDigit): Promise<void> {
    if (isSending(target)) return;
    emit(target, { type: 'said', digit });
    if (!isSending(target)) return;
    try {
      await send(target.path, digit);
      emit(target, { type: 'kept' });
    } catch (failure) {
      if (!(failure instanceof RequestFailure)) throw failure;
      emit(target, { type: 'failed', code: failure.code, retryable: failure.retryable });
    }
  }

  return {
    open: (target) => emit(target, { type: 'opened' }),
    close: (target) => emit(target, { type: 'closed' }),
    say: (target, digit) => void say(target, digit),
  };
}
