import type { Logger } from '@inkqueue/shared/node/log';
import Koa from 'koa';
import helmet from 'koa-helmet';
import type { Receivers } from './http/bodies/body-kinds.ts';
import { docs } from './http/docs.ts';
import { createOpenApi } from './http/openapi.ts';
import { page } from './http/page.ts';
import { problems } from './http/problems.ts';
import type { Route } from './http/route.ts';
import { createRouter } from './http/router.ts';
import type { RequestSignals } from './http/server/request-signals.ts';

/** The HTTP application: security headers → problems → API routes, /openapi.json, /docs, /ui. */
export function createApp(options: {
  routes: readonly Route[];
  version: string;
  receivers: Receivers;
  signals: RequestSignals;
  imageMaxBytes: number;
  pageDirectory: string;
  log: Logger;
}): Koa {
  const { routes, version, receivers, signals, imageMaxBytes, log } = options;
  const router = createRouter({ routes, receivers, signals });
  const openApi = JSON.stringify(createOpenApi({ routes, version, imageMaxBytes }));
  router.get('/openapi.json', (ctx) => {
    ctx.type = 'application/json';
    ctx.body = openApi;
  });

  const app = new Koa();
  app.silent = true;
  app.on('error', (error: Error & { code?: string }) => {
    // The client left in the middle of the response.
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') log.error({ err: error }, 'response failed');
  });
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
  app.use(problems({ log }));
  app.use(docs());
  app.use(page({ directory: options.pageDirectory }));
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}
