const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes on the Ctrl-C that the terminal has sent to this process as well: these two are one. */
const SAME_SIGNAL_MS = 1_000;
const PARENT_CHECK_MS = 1_000;

/**
 * Calls `first` on the first signal to stop, and `again` on a later one. That npm, which runs this, has gone counts as a
 * signal: it may be killed in ways that it can't pass on.
 *
 * @param events `again` is given the exit code that shells expect for its signal
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
  // The terminal may close before we have stopped: what we still say then goes nowhere, and that is fine.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (err: NodeJS.ErrnoException) => {
      if (err.code !== 'EPIPE' && err.code !== 'EIO') throw err;
    });
  }
}
