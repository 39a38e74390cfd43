import type { Context } from 'koa';

export type Leaving = ReturnType<typeof createLeaving>;

/** Tells those who handle requests when nobody waits for the response any more: its client has gone, or the process stops. */
export function createLeaving() {
  const open = new Set<() => void>();
  let stopping = false;
  return {
    /** Calls `leave` when that happens, or now where it has happened already. */
    whenLeft({ res }: Context, leave: () => void): void {
      // The client may have gone while the api received its upload.
      if (stopping || res.destroyed) {
        leave();
        return;
      }
      open.add(leave);
      res.once('close', () => {
        open.delete(leave);
        if (!res.writableFinished) leave();
      });
    },
    /** The process stops. */
    leaveAll(): void {
      stopping = true;
      for (const leave of open) leave();
    },
  };
}
