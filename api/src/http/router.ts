import { Router } from '@koa/router';
import type { Receivers } from './bodies/body-kinds.ts';
import type { Route } from './route.ts';
import type { RequestSignals } from './server/request-signals.ts';

/** Registers the API's routes. */
export function createRouter(options: {
  routes: readonly Route[];
  receivers: Receivers;
  signals: RequestSignals;
}): Router {
  const { routes, receivers, signals } = options;
  const router = new Router();
  for (const route of routes) {
    router[route.method](toKoaPath(route.path), (ctx) =>
      route.run(ctx, { receivers, signal: () => signals.of(ctx) }),
    );
  }
  return router;
}

function toKoaPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
