import { Router } from '@koa/router';
import type { Receivers } from './bodies/body-kinds.ts';
import type { Route } from './route.ts';
import type { Leaving } from './server/leaving.ts';

/** Registers the API's routes. */
export function createRouter(options: {
  routes: readonly Route[];
  receivers: Receivers;
  leaving: Leaving;
}): Router {
  const { routes, receivers, leaving } = options;
  const router = new Router();
  for (const route of routes) {
    router[route.method](toKoaPath(route.path), (ctx) =>
      route.run(ctx, { receivers, whenLeft: (leave) => leaving.whenLeft(ctx, leave) }),
    );
  }
  return router;
}

function toKoaPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
