import type { IncomingMessage } from 'node:http';
import cors from '@koa/cors';
import type { Middleware } from 'koa';

export type Origins = ReturnType<typeof createOrigins>;

/** What scripts of other origins may read of a response, besides its type and length. */
const EXPOSED = [
  'Allow',
  'Content-Disposition',
  'Idempotency-Replayed',
  'Location',
  'Preference-Applied',
  'Retry-After',
  'X-Request-Id',
];

/**
 * Which pages of other origins may use the API and the sockets: those that the operator lists, and no others.
 *
 * @param options.allowed origins such as https://example.org; * allows all
 * @param options.trustProxy whether X-Forwarded-Host names the host that the browser asked
 */
export function createOrigins(options: { allowed: readonly string[]; trustProxy: boolean }) {
  const { allowed, trustProxy } = options;
  const isListed = (origin: string) => allowed.includes('*') || allowed.includes(origin);
  return {
    /** Responds to preflight requests and sets the CORS headers of the REST API; null where no origin is listed. */
    middleware: (): Middleware | null =>
      allowed.length === 0
        ? null
        : cors({
            origin: ({ req }) => (isListed(req.headers.origin ?? '') ? (req.headers.origin ?? '') : ''),
            exposeHeaders: EXPOSED,
            maxAge: 600,
          }),
    /** Whether a socket may be opened: by a program, by the page of this host, or by a page of a listed origin. */
    admits({ headers }: IncomingMessage): boolean {
      const { origin } = headers;
      if (origin === undefined || isListed(origin)) return true;
      const forwarded = trustProxy ? headers['x-forwarded-host'] : undefined;
      const host =
        (Array.isArray(forwarded) ? forwarded[0] : forwarded)?.split(',')[0]?.trim() ?? headers.host;
      return URL.canParse(origin) && isHost(new URL(origin), host);
    },
  };
}

/** Browsers leave a default port out of the origin; a proxy may put it into the host. */
function isHost(origin: URL, host: string | undefined): boolean {
  const asked = `${origin.protocol}//${host}`;
  return host !== undefined && URL.canParse(asked) && new URL(asked).host === origin.host;
}
