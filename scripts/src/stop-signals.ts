const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes on the Ctrl-C that the terminal has sent to this process too: both together are one. */
const SAME_SIGNAL_MS = 1_000;
const PARENT_CHECK_MS = 1_000;

/**
 * Calls `first` on the first signal to stop, and `again` on a later one. The end of npm, which runs this process, counts as
 * a signal: npm can't pass every signal on.
 *
 * @param events `again` gets the exit code that shells expect for its signal
 */
export function onStopSignals(events: { first: () => void; again: (exitCode: number) => void }): void {
  let firstAt: number | null = null;
  const stop = (exitCode: number) => {
    if (firstAt === null) {
      firstAt = performance.now();
      events.first();
    } else if (performance.now() - firstAt > SAME_SIGNAL_MS) {
      events.again(exitCode);
    }
  };
  for (const signal of SIGNALS) process.on(signal, () => stop(signal === 'SIGINT' ? 130 : 143));
  if (process.env.npm_lifecycle_event !== undefined) {
    const npm = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === npm) return;
      clearInterval(watch);
      if (firstAt === null) stop(143);
    }, PARENT_CHECK_MS);
    watch.unref();
  }
  // The terminal may close before this process has stopped: its last words then go nowhere.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    });
  }
}
