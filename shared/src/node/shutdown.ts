import type { Logger } from './log.ts';

export type Shutdown = ReturnType<typeof createShutdown>;

/**
 * Shutdown as a stack of closers under one deadline. SIGTERM, SIGINT and the loss of the parent process (its IPC channel)
 * start it; a second signal ends the process at once.
 */
export function createShutdown(options: { log: Logger; timeoutMs: number; exit?: (code: number) => void }) {
  const { log, timeoutMs, exit = process.exit } = options;
  const closers: { name: string; close: () => unknown }[] = [];
  let stopping: Promise<void> | null = null;

  async function closeAll(reason: string): Promise<void> {
    log.info({ reason }, 'stopping');
    const deadline = setTimeout(() => {
      log.error({ waitingFor: closers.at(-1)?.name }, 'did not stop in time');
      exit(1);
    }, timeoutMs);
    deadline.unref();
    let failed = false;
    for (let closer = closers.at(-1); closer; closers.pop(), closer = closers.at(-1)) {
      try {
        await closer.close();
      } catch (error) {
        // A resource that can't close must not keep the others open.
        failed = true;
        log.error({ err: error, resource: closer.name }, 'could not close');
      }
    }
    clearTimeout(deadline);
    log.info('stopped');
    exit(failed ? 1 : 0);
  }

  const shutdown = {
    /** Registers how to close a resource, at the moment it opens. Closers run in reverse order. */
    onStop: (name: string, close: () => unknown): void => void closers.push({ name, close }),
    /** Runs every closer once and ends the process: code 0 when all closed within the deadline, else 1. */
    stop(reason: string): Promise<void> {
      stopping ??= closeAll(reason);
      return stopping;
    },
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) exit(1);
      void shutdown.stop(signal);
    });
  }
  process.on('disconnect', () => void shutdown.stop('parent is gone'));
  return shutdown;
}
