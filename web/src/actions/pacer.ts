export interface Pacer {
  /** Something has changed: `run` is called soon, after what is under way, never more often than the interval. */
  changed: () => void;
  /** Forgets changes that have not been taken up yet. */
  reset: () => void;
}

/**
 * Calls `run` for changes that come faster than it can keep up with: one run at a time, the last change always taken up.
 * A run that takes longer than `patienceMs` no longer holds back the next.
 */
export function createPacer(options: {
  run: () => Promise<void>;
  intervalMs: number;
  patienceMs: number;
}): Pacer {
  let dirty = false;
  let busy = false;
  let runs = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function schedule(): void {
    if (timer === null && !busy) timer = setTimeout(fire, options.intervalMs);
  }

  function fire(): void {
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
    changed() {
      dirty = true;
      schedule();
    },
    reset() {
      dirty = false;
    },
  };
}
