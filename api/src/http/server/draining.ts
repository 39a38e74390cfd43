import type { Middleware } from 'koa';

export type Draining = ReturnType<typeof createDraining>;

/** The time between "not ready" and the end of the listener: clients are told to open their next connection elsewhere. */
export function createDraining() {
  let draining = false;
  return {
    begin(): void {
      draining = true;
    },
    isDraining: () => draining,
    middleware: ((ctx, next) => {
      if (draining) ctx.set('Connection', 'close');
      return next();
    }) satisfies Middleware,
  };
}
