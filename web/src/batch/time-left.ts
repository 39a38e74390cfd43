/** How many pictures had ended at a moment, on the clock of `performance.now()`. */
export interface Sample {
  at: number;
  ended: number;
}

/** The rate is that of so long a time: shorter, and it jumps; longer, and it lags behind. */
const WINDOW_MS = 15_000;
/** From fewer ends in less time nothing can be said. */
const ENDS_MIN = 3;
const TIME_MIN_MS = 1000;

/** The samples with one more, and without those that no longer matter: one from before the window stays, to measure from. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  if (samples.at(-1)?.ended === sample.ended) return samples;
  const since = sample.at - WINDOW_MS;
  const kept = samples.filter(
    ({ at }, index) => at >= since || (samples[index + 1]?.at ?? sample.at) >= since,
  );
  return [...kept, sample];
}

/** Milliseconds until `remaining` more have ended, at the measured rate; null while that is not known. */
export function timeLeftMs(samples: readonly Sample[], remaining: number, now: number): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last) return null;
  const ends = last.ended - first.ended;
  const elapsed = now - first.at;
  if (ends < ENDS_MIN || elapsed < TIME_MIN_MS) return null;
  return (remaining * elapsed) / ends;
}
