import type { Logger } from '@inkqueue/shared/node/log';
import Koa from 'koa';
import helmet from 'koa-helmet';
import { docs } from './http/docs.ts';
import { createOpenApi } from './http/openapi.ts';
import { page } from './http/page.ts';
import { problems } from './http/problems.ts';
import type { Route } from './http/route.ts';
import { createRouter } from './http/router.ts';
import { createUploadReader } from './http/uploads.ts';

/** The HTTP application: security headers → problems → API routes, /openapi.json, /docs, /ui. */
export function createApp(options: {
  routes: readonly Route[];
  version: string;
  uploadMaxBytes: number;
  uploadsInFlightMaxBytes: number;
  pageDirectory: string;
  log: Logger;
}): Koa {
  const { routes, version, uploadMaxBytes, log } = options;
  const readUpload = createUploadReader({
    maxBytes: uploadMaxBytes,
    inFlightMaxBytes: options.uploadsInFlightMaxBytes,
  });
  const router = createRouter({ routes, readUpload });
  const openApi = JSON.stringify(createOpenApi({ routes, version, uploadMaxBytes }));
  router.get('/openapi.json', (ctx) => {
    ctx.type = 'application/json';
    ctx.body = openApi;
  });

  const app = new Koa();
  app.silent = true;
  app.on('error', (err: Error & { code?: string }) => {
    // A client that left in the middle of an answer is no error of ours.
    if (err.code !== 'ECONNRESET' && err.code !== 'EPIPE') log.error({ err }, 'response failed');
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
      // TLS ends in front of this process, if anywhere: whoever ends it sets this header.
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
