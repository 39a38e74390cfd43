import type { Logger } from '@inkqueue/shared/node/log';
import Koa, { type Context } from 'koa';
import helmet from 'koa-helmet';
import type { Receivers } from './http/bodies/body-kinds.ts';
import { docs } from './http/docs.ts';
import { oneHostHeader } from './http/host-header.ts';
import { type EndedRequest, observeRequests } from './http/observing/requests.ts';
import { createOpenApi } from './http/openapi.ts';
import type { Origins } from './http/origins.ts';
import { createPage } from './http/page/page.ts';
import { problems } from './http/problems.ts';
import { validTarget } from './http/request-target.ts';
import type { Route } from './http/route.ts';
import { createRouter } from './http/router.ts';
import type { Draining } from './http/server/draining.ts';
import type { RequestSignals } from './http/server/request-signals.ts';

/** A refused request's body is read up to twice the largest image, and at least this far, before the response. */
const DISCARD_MAX_BYTES = 16_000_000;

/** What a client causes that leaves in the middle of the response. */
const LEFT = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/** The HTTP application: observed requests → security headers → problems → API routes, /openapi.json, /docs, /ui. */
export function createApp(options: {
  routes: readonly Route[];
  version: string;
  receivers: Receivers;
  signals: RequestSignals;
  draining: Draining;
  origins: Origins;
  /** How many proxies stand in front, each of which adds to X-Forwarded-For the address that it sees. */
  proxies: number;
  basePath: string;
  imageMaxBytes: number;
  pageDirectory: string;
  /** Responds with a prediction's card, the picture of its link. */
  sendCard: (ctx: Context, predictionId: string) => Promise<void>;
  /** The operator's page; null where there is none. */
  console: Koa.Middleware | null;
  /** Makes spans of requests; null where nothing is traced. */
  tracing: Koa.Middleware | null;
  /** The app calls each with every request that has ended. */
  observers: readonly ((ended: EndedRequest) => void)[];
  log: Logger;
}): Koa {
  const { routes, version, receivers, signals, draining, origins, basePath, imageMaxBytes, log } = options;
  const router = createRouter({ routes, receivers, signals });
  const openApi = JSON.stringify(createOpenApi({ routes, version, imageMaxBytes, basePath }));
  router.get('/openapi.json', (ctx) => {
    ctx.type = 'application/json';
    ctx.body = openApi;
  });

  const page = createPage({
    directory: options.pageDirectory,
    basePath,
    imageMaxBytes,
    sendCard: options.sendCard,
  });
  const app = new Koa();
  app.silent = true;
  app.proxy = options.proxies > 0;
  // What stands before these is the client's own word.
  app.maxIpsCount = options.proxies;
  app.on('error', (error: Error & { code?: string }) => {
    if (!LEFT.has(error.code ?? '')) log.error({ err: error }, 'response failed');
  });
  app.use(observeRequests(options.observers));
  if (options.tracing) app.use(options.tracing);
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          imgSrc: ["'self'", 'blob:', 'data:'],
          connectSrc: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'self'"],
          formAction: ["'self'"],
          objectSrc: ["'none'"],
        },
      },
      // A proxy that ends TLS in front of this process sets this header.
      strictTransportSecurity: false,
    }),
  );
  app.use(draining.middleware);
  const cors = origins.middleware();
  if (cors) app.use(cors);
  app.use(
    problems({
      log,
      discardMaxBytes: Math.max(2 * imageMaxBytes, DISCARD_MAX_BYTES),
      explainMissing: page.explainMissing,
    }),
  );
  app.use(validTarget());
  app.use(oneHostHeader());
  app.use(docs({ basePath }));
  if (options.console) app.use(options.console);
  app.use(page.middleware);
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}
