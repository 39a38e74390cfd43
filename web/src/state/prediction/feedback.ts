import type { FailureCode } from './failure.ts';

/** The digit that the image really shows, as a person says; null when it shows none. */
export type FeedbackDigit = number | null;

/**
 * A person's feedback on one prediction.
 *
 *   (none) ⇄ open ──► sending ──► saved        saved ──► open: to change it
 *              ▲         │  ▲
 *           (closed)     ▼  │ (again, or another digit)
 *                       failed
 */
export interface FeedbackState {
  predictionId: string;
  phase: 'open' | 'sending' | 'saved' | 'failed';
  /** The digit that is being sent, or was chosen last. Undefined until one is chosen. */
  chosen: FeedbackDigit | undefined;
  /** The digit that the service has saved last. Undefined until it has saved one. */
  saved: FeedbackDigit | undefined;
  /** Why the service has not saved the chosen digit; null unless that failed. */
  failure: { code: FailureCode; retryable: boolean } | null;
}

export type FeedbackEvent =
  | { type: 'opened' }
  | { type: 'closed' }
  | { type: 'chosen'; digit: FeedbackDigit }
  | { type: 'saved' }
  | { type: 'failed'; code: FailureCode; retryable: boolean };

/** Most predictions whose feedback the page remembers. */
const FEEDBACK_MAX = 100;

/** The feedback on the prediction; null when there is none. */
export function findFeedback(all: readonly FeedbackState[], predictionId: string): FeedbackState | null {
  return all.find((feedback) => feedback.predictionId === predictionId) ?? null;
}

/** All feedback after `event`, newest first; the same list when the event does not fit or changes nothing. */
export function nextFeedback(
  all: readonly FeedbackState[],
  predictionId: string,
  event: FeedbackEvent,
): readonly FeedbackState[] {
  const before = findFeedback(all, predictionId);
  const after = feedbackAfter(before, predictionId, event);
  if (after === before) return all;
  const others = all.filter((feedback) => feedback !== before);
  return after === null ? others : [after, ...others].slice(0, FEEDBACK_MAX);
}

function feedbackAfter(
  before: FeedbackState | null,
  predictionId: string,
  event: FeedbackEvent,
): FeedbackState | null {
  const sending = before?.phase === 'sending';
  switch (event.type) {
    case 'opened':
      if (before === null)
        return { predictionId, phase: 'open', chosen: undefined, saved: undefined, failure: null };
      return before.phase === 'saved' ? { ...before, phase: 'open' } : before;
    case 'closed':
      if (before === null || sending || before.phase === 'saved') return before;
      return before.saved === undefined
        ? null
        : { ...before, phase: 'saved', chosen: before.saved, failure: null };
    case 'chosen':
      // One at a time: two requests under way could arrive in the wrong order.
      if (before === null || sending || before.phase === 'saved') return before;
      return { ...before, phase: 'sending', chosen: event.digit, failure: null };
    case 'saved':
      return sending ? { ...before, phase: 'saved', saved: before.chosen } : before;
    case 'failed': {
      const { code, retryable } = event;
      return sending ? { ...before, phase: 'failed', failure: { code, retryable } } : before;
    }
  }
}
