import type { Context } from 'koa';

/** Why a signal was aborted, where the client went: the process stops otherwise. */
const CLIENT_GONE = Symbol('the client is gone');

/** Whether a request's signal was aborted because its client went before the response. */
export const isClientGone = ({ aborted, reason }: AbortSignal) => aborted && reason === CLIENT_GONE;

export type RequestSignals = ReturnType<typeof createRequestSignals>;

/** AbortSignals of requests: each is aborted when its client goes before the response, all when the process stops. */
export function createRequestSignals() {
  // AbortSignal.any over the client's and the process's signal takes three times as long (docs/decisions/005).
  const open = new Set<AbortController>();
  let stopping = false;
  return {
    of({ res }: Context): AbortSignal {
      const controller = new AbortController();
      // The client may have gone while the api received its upload.
      if (stopping || res.destroyed) {
        controller.abort(stopping ? undefined : CLIENT_GONE);
        return controller.signal;
      }
      open.add(controller);
      res.once('close', () => {
        open.delete(controller);
        if (!res.writableFinished) controller.abort(CLIENT_GONE);
      });
      return controller.signal;
    },
    /** Aborts all signals, and later ones from their start. */
    abortAll(): void {
      stopping = true;
      for (const controller of open) controller.abort();
    },
  };
}
