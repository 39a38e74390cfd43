/** Rates are measured over this long. */
const WINDOW_S = 10;

export type Rates = ReturnType<typeof createRates>;

/** How fast all workers together begin with jobs and finish predictions, as this process sees it in the queue's events. */
export function createRates({ now = () => performance.now() } = {}) {
  const since = now();
  const seconds = Array.from({ length: WINDOW_S }, () => ({ at: -1, started: 0, finished: 0 }));

  /** Of the last time that something ended. */
  let lastFinished: number | null = null;

  function current() {
    const at = Math.floor((now() - since) / 1_000);
    const second = seconds[at % WINDOW_S]!;
    if (second.at !== at) {
      lastFinished = rate('finished') ?? lastFinished;
      Object.assign(second, { at, started: 0, finished: 0 });
    }
    return second;
  }

  /** Null where nothing was counted: then the rate is not known. */
  function rate(of: 'started' | 'finished'): number | null {
    const elapsed = (now() - since) / 1_000;
    const from = Math.floor(elapsed) - WINDOW_S;
    let count = 0;
    for (const second of seconds) if (second.at > from) count += second[of];
    return count === 0 ? null : count / Math.min(WINDOW_S, Math.max(1, elapsed));
  }

  return {
    jobStarted: (): void => void current().started++,
    predictionsFinished(count: number): void {
      current().finished += count;
    },
    /** Jobs a second that workers begin with; null where none did in the last seconds. */
    jobsPerSecond: () => rate('started'),
    /** Predictions a second that end, or did when the last ones ended; null where none has. */
    predictionsPerSecond: () => rate('finished') ?? lastFinished,
  };
}
