import { problem } from '@inkqueue/shared/contracts/problems';
import { RequestFailure } from './request-failure.ts';

/** The one method of a contract's schema that a request needs. */
interface Contract<T> {
  safeParse: (body: unknown) => { success: true; data: T } | { success: false; error: unknown };
}

/**
 * Requests JSON from the REST API of the page's own origin, at paths relative to the page's address. The returned function
 * resolves to a body of the shape of `contract`; it throws {@link RequestFailure} or, when aborted, the signal's reason.
 */
export function createJsonRequest(fetch: typeof globalThis.fetch) {
  return async <T>(
    path: string,
    init: RequestInit & { signal: AbortSignal },
    contract: Contract<T>,
  ): Promise<T> => {
    let response: Response;
    let text: string;
    try {
      response = await fetch(path, { ...init, headers: { accept: 'application/json', ...init.headers } });
      text = await response.text();
    } catch (cause) {
      // A TypeError: no response came, or not the whole of it.
      init.signal.throwIfAborted();
      throw new RequestFailure({
        code: navigator.onLine ? 'unreachable' : 'offline',
        retryable: true,
        cause,
      });
    }
    const body = parseJson(text);
    if (!response.ok) throw problemFailure(response, body);
    const parsed = contract.safeParse(body);
    if (parsed.success) return parsed.data;
    // A page of HTML comes from a proxy, and may be gone at the next look. An image is not sent again in the hope of that.
    const retryable = body === undefined && init.method === undefined;
    throw new RequestFailure({ code: 'unexpected-response', retryable, cause: parsed.error });
  };
}
export type JsonRequest = ReturnType<typeof createJsonRequest>;

/** Statuses of a proxy by which the same request may succeed later, beside those from 500 on. */
const RETRYABLE_STATUSES = [408, 425, 429];

/** What the response says of itself; without a problem document it comes from a proxy, and its status is all there is. */
function problemFailure({ status, headers }: Response, body: unknown): RequestFailure {
  const retryAfterMs = parseRetryAfter(headers.get('retry-after'));
  const parsed = problem.safeParse(body);
  if (parsed.success) {
    const { code, retryable, detail } = parsed.data;
    return new RequestFailure({ code, retryable, retryAfterMs, detail });
  }
  const retryable = status >= 500 || RETRYABLE_STATUSES.includes(status);
  const code = status === 413 ? 'too-large-for-proxy' : 'unexpected-response';
  return new RequestFailure({ code, retryable, retryAfterMs, cause: parsed.error });
}

/** Undefined where the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseRetryAfter(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
