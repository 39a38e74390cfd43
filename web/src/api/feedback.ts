import { type FeedbackRequest, feedback } from '@inkqueue/shared/contracts/feedback';
import type { JsonRequest } from './request.ts';
import { RequestFailure } from './request-failure.ts';

const TIMEOUT_MS = 10_000;

/**
 * The returned function sends to `path`, a prediction's `links.feedback`, what the image really shows. It throws
 * `RequestFailure`.
 */
export function createSendFeedback(request: JsonRequest) {
  return async (path: string, said: FeedbackRequest): Promise<void> => {
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
export type SendFeedback = ReturnType<typeof createSendFeedback>;
