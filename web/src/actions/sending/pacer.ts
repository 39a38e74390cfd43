/**
 * Calls `run` for changes that come faster than it can keep up with: one run at a time, and always one for the last change.
 * A run that takes longer than `patienceMs` no longer holds back the next.
 */
export function createPacer(options: { run: () => Promise<void>; intervalMs: number; patienceMs: number }) {
  let dirty = false;
  let busy = false;
  let runs = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function schedule(): void {
    if (timer === null && !busy) timer = setTimeout(start, options.intervalMs);
  }

  function start(): void {
    timer = null;
    if (!dirty) return;
    dirty = false;
    busy = true;
    runs += 1;
    const run = runs;
    const patience = setTimeout(release, options.patienceMs);
    function release(): void {
      clearTimeout(patience);
      if (!busy || run !== runs) return;
      busy = false;
      if (dirty) schedule();
    }
    void options.run().finally(release);
  }

  return {
    /** Something has changed: `run` is called soon, after the run under way, never more often than the interval. */
    changed() {
      dirty = true;
      schedule();
    },
    /** Forgets changes that no run has started for. */
    reset() {
      dirty = false;
    },
  };
}
