import { problem } from '@inkqueue/shared/contracts/problems';
import { RequestFailure } from './request-failure.ts';

/** What a contract's schema does here: tells whether an answer has the shape that it should have. */
interface Contract<T> {
  safeParse: (body: unknown) => { success: true; data: T } | { success: false; error: unknown };
}

/** Asks the api for JSON of the shape of `contract`. Throws {@link RequestFailure}; aborted, the signal's reason. */
export type JsonRequest = <T>(
  path: string,
  init: RequestInit & { signal: AbortSignal },
  contract: Contract<T>,
) => Promise<T>;

/** Speaks the REST API of the page's own origin. */
export function createJsonRequest(fetch: typeof globalThis.fetch): JsonRequest {
  return async (path, init, contract) => {
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(path, { ...init, headers: { accept: 'application/json', ...init.headers } });
      body = await response.json();
    } catch (cause) {
      init.signal.throwIfAborted();
      throw unreadableAnswer(cause);
    }
    if (!response.ok) throw toFailure(response, body);
    const parsed = contract.safeParse(body);
    if (!parsed.success) {
      throw new RequestFailure({ code: 'unexpected-answer', retryable: false, cause: parsed.error });
    }
    return parsed.data;
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
