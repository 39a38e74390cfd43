import { type FeedbackRequest, feedback } from '@inkqueue/shared/contracts/feedback';
import type { SaidDigit } from '../state/feedback.ts';
import type { JsonRequest } from './request.ts';
import { RequestFailure } from './request-failure.ts';

const TIMEOUT_MS = 10_000;

/** Tells the service at `path`, a prediction's `links.feedback`, what digit it is. Throws `RequestFailure`. */
export type SendFeedback = (path: string, digit: SaidDigit) => Promise<void>;

export function createSendFeedback(request: JsonRequest): SendFeedback {
  return async (path, digit) => {
    const said: FeedbackRequest = { digit };
    const late = new AbortController();
    const timer = setTimeout(
      () => late.abort(new RequestFailure({ code: 'unreachable', retryable: true })),
      TIMEOUT_MS,
    );
    try {
      await request(
        path,
        {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(said),
          signal: late.signal,
        },
        feedback,
      );
    } finally {
      clearTimeout(timer);
    }
  };
}
