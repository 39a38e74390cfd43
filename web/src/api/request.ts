import { problem } from '@inkqueue/shared/contracts/problems';
import { RequestFailure } from './request-failure.ts';

/** The one method of a contract's schema that a request needs. */
interface Contract<T> {
  safeParse: (body: unknown) => { success: true; data: T } | { success: false; error: unknown };
}

/**
 * Requests JSON from the REST API of the page's own origin, at paths relative to the page's address. The returned function resolves to a body of the shape of
 * `contract`; it throws {@link RequestFailure} or, when aborted, the signal's reason.
 */
export function createJsonRequest(fetch: typeof globalThis.fetch) {
  return async <T>(
    path: string,
    init: RequestInit & { signal: AbortSignal },
    contract: Contract<T>,
  ): Promise<T> => {
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(path, { ...init, headers: { accept: 'application/json', ...init.headers } });
      body = await response.json();
    } catch (error) {
      init.signal.throwIfAborted();
      throw toRequestFailure(error);
    }
    if (!response.ok) throw problemFailure(response, body);
    const parsed = contract.safeParse(body);
    if (!parsed.success) {
      throw new RequestFailure({ code: 'unexpected-response', retryable: false, cause: parsed.error });
    }
    return parsed.data;
  };
}
export type JsonRequest = ReturnType<typeof createJsonRequest>;

/** `fetch` rejects with a TypeError when no response came; a body that is not JSON comes from a proxy, not from the api. */
function toRequestFailure(cause: unknown): RequestFailure {
  if (cause instanceof SyntaxError)
    return new RequestFailure({ code: 'unexpected-response', retryable: true, cause });
  return new RequestFailure({ code: navigator.onLine ? 'unreachable' : 'offline', retryable: true, cause });
}

function problemFailure(response: Response, body: unknown): RequestFailure {
  const parsed = problem.safeParse(body);
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'));
  if (!parsed.success) {
    const retryable = response.status >= 500 || response.status === 429;
    return new RequestFailure({ code: 'unexpected-response', retryable, retryAfterMs, cause: parsed.error });
  }
  return new RequestFailure({ code: parsed.data.code, retryable: parsed.data.retryable, retryAfterMs });
}

function parseRetryAfter(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
