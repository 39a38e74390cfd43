import type { FailureCode } from './failure.ts';

/** The digit that a person says it is; null where it is none. */
export type SaidDigit = number | null;

/**
 * What a person says of one prediction.
 *
 *   (none) ⇄ open ──► sending ──► kept        kept ──► open: to say something else
 *              ▲         │  ▲
 *           (closed)     ▼  │ (again, or another digit)
 *                       failed
 */
export interface Feedback {
  predictionId: string;
  phase: 'open' | 'sending' | 'kept' | 'failed';
  /** What is being sent, or was said last. Undefined while nothing was. */
  said: SaidDigit | undefined;
  /** The last word that the service keeps. Undefined while it keeps none. */
  kept: SaidDigit | undefined;
  /** Why what was said is not kept; null unless it failed. */
  failure: { code: FailureCode; retryable: boolean } | null;
}

export type FeedbackEvent =
  | { type: 'opened' }
  | { type: 'closed' }
  | { type: 'said'; digit: SaidDigit }
  | { type: 'kept' }
  | { type: 'failed'; code: FailureCode; retryable: boolean };

/** Most predictions of which the page remembers what was said. */
const FEEDBACK_MAX = 100;

/** What was said of the prediction; null when nothing is, or is about to be. */
export function feedbackOn(all: readonly Feedback[], predictionId: string): Feedback | null {
  return all.find((feedback) => feedback.predictionId === predictionId) ?? null;
}

/** All feedback after `event`, newest first; the same list when the event does not fit or changes nothing. */
export function nextFeedback(
  all: readonly Feedback[],
  predictionId: string,
  event: FeedbackEvent,
): readonly Feedback[] {
  const before = feedbackOn(all, predictionId);
  const after = feedbackAfter(before, predictionId, event);
  if (after === before) return all;
  const others = all.filter((feedback) => feedback !== before);
  return after === null ? others : [after, ...others].slice(0, FEEDBACK_MAX);
}

function feedbackAfter(before: Feedback | null, predictionId: string, event: FeedbackEvent): Feedback | null {
  const sending = before?.phase === 'sending';
  switch (event.type) {
    case 'opened':
      if (before === null)
        return { predictionId, phase: 'open', said: undefined, kept: undefined, failure: null };
      return before.phase === 'kept' ? { ...before, phase: 'open' } : before;
    case 'closed':
      if (before === null || sending || before.phase === 'kept') return before;
      return before.kept === undefined
        ? null
        : { ...before, phase: 'kept', said: before.kept, failure: null };
    case 'said':
      // One at a time: two on their way could arrive in the wrong order.
      if (before === null || sending || before.phase === 'kept') return before;
      return { ...before, phase: 'sending', said: event.digit, failure: null };
    case 'kept':
      return sending ? { ...before, phase: 'kept', kept: before.said } : before;
    case 'failed': {
      const { code, retryable } = event;
      return sending ? { ...before, phase: 'failed', failure: { code, retryable } } : before;
    }
  }
}
