import { createServer, type RequestListener, type Server } from 'node:http';
import { refuseBrokenRequests } from './broken-requests.ts';

/** How often Node.js checks for requests that took too long; its default is half a minute. */
const TIMEOUT_CHECK_MS = 500;
/** Cookies of other applications on the same host add up; Node.js's default is 16 KB. */
const HEADERS_MAX_BYTES = 65_536;
/** Longer than a load balancer keeps an idle connection, which is 60 s nearly everywhere: else it may use a closed one. */
const KEEP_ALIVE_MS = 75_000;

/** The HTTP server, not yet listening. */
export function createHttpServer(
  handler: RequestListener,
  { headersTimeoutMs }: { headersTimeoutMs: number },
): Server {
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      // Bodies have a deadline of their own (bodies/receiving.ts): a batch may take long while it moves on.
      requestTimeout: 0,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      maxHeaderSize: HEADERS_MAX_BYTES,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    handler,
  );
  refuseBrokenRequests(server, { headersMaxBytes: HEADERS_MAX_BYTES });
  return server;
}
