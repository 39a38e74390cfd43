import { type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import { problem } from '@inkqueue/shared/contracts/problems';
import { RequestFailure } from './request-failure.ts';

/** How long one long-poll request waits on the service's side. */
const POLL_WAIT_S = 10;

export interface PredictionClient {
  /** Sends a picture; answers with the accepted prediction. Throws {@link RequestFailure}. */
  submit: (picture: Blob, signal: AbortSignal) => Promise<Prediction>;
  /** The prediction's state once it is final, or as it stands after ten seconds. Throws {@link RequestFailure}. */
  wait: (id: string, signal: AbortSignal) => Promise<Prediction>;
}

/** Speaks the REST API of the page's own origin. An aborted request rejects with the signal's reason. */
export function createPredictionClient(fetch: typeof globalThis.fetch): PredictionClient {
  async function request(path: string, init: RequestInit & { signal: AbortSignal }): Promise<Prediction> {
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(path, { ...init, headers: { accept: 'application/json' } });
      body = await response.json();
    } catch (cause) {
      init.signal.throwIfAborted();
      throw unreadableAnswer(cause);
    }
    if (!response.ok) throw toFailure(response, body);
    const parsed = prediction.safeParse(body);
    if (!parsed.success) {
      throw new RequestFailure({ code: 'unexpected-answer', retryable: false, cause: parsed.error });
    }
    return parsed.data;
  }

  return {
    submit(picture, signal) {
      const body = new FormData();
      body.append('file', picture, picture instanceof File ? picture.name : 'drawing.png');
      return request('/predictions', { method: 'POST', body, signal });
    },
    wait: (id, signal) => request(`/predictions/${encodeURIComponent(id)}?wait=${POLL_WAIT_S}`, { signal }),
  };
}

/** fetch rejects with a TypeError when no answer came at all; a body that is not JSON comes from a proxy, not from the api. */
function unreadableAnswer(cause: unknown): RequestFailure {
  if (cause instanceof SyntaxError)
    return new RequestFailure({ code: 'unexpected-answer', retryable: true, cause });
  return new RequestFailure({ code: navigator.onLine ? 'unreachable' : 'offline', retryable: true, cause });
}

function toFailure(response: Response, body: unknown): RequestFailure {
  const parsed = problem.safeParse(body);
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'));
  if (!parsed.success) {
    const retryable = response.status >= 500 || response.status === 429;
    return new RequestFailure({ code: 'unexpected-answer', retryable, retryAfterMs, cause: parsed.error });
  }
  return new RequestFailure({ code: parsed.data.code, retryable: parsed.data.retryable, retryAfterMs });
}

function parseRetryAfter(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
