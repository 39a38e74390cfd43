import { setTimeout as delay } from 'node:timers/promises';
import type { Middleware } from 'koa';

export type Draining = ReturnType<typeof createDraining>;

/** The time between "not ready" and the end of the listener: clients are told to open their next connection elsewhere. */
export function createDraining() {
  let draining = false;
  let running = 0;
  let onIdle = () => {};
  return {
    begin(): void {
      draining = true;
    },
    isDraining: () => draining,
    middleware: (async (ctx, next) => {
      if (draining) ctx.set('Connection', 'close');
      running++;
      try {
        await next();
      } finally {
        running--;
        if (running === 0) onIdle();
      }
    }) satisfies Middleware,
    /** Resolves once no request is being handled: the client of one may have gone, and its handler still needs Redis. */
    async idle({ timeoutMs }: { timeoutMs: number }): Promise<void> {
      if (running === 0) return;
      const idle = new Promise<void>((resolve) => {
        onIdle = resolve;
      });
      await Promise.race([idle, delay(timeoutMs, null, { ref: false })]);
    },
  };
}
