/** What was measured at a moment: `at` in any unit, growing. */
export interface Sample {
  at: number;
  value: number;
}

/** Most samples of which every pair is looked at. */
const PAIRS_OF_MAX = 400;

/**
 * The line that a series goes along, whatever a few samples do: its slope is the median of the slopes between all pairs of
 * samples (Theil and Sen).
 *
 * @returns `middle`, the median of the values; `slope` for each unit of `at`; `growth`, the slope over the whole series
 */
export function lineThrough(samples: readonly Sample[]): { middle: number; slope: number; growth: number } {
  const step = Math.ceil(samples.length / PAIRS_OF_MAX);
  const some = samples.filter((_, i) => i % step === 0);
  const slopes = some.flatMap((a, i) =>
    some.slice(i + 1).flatMap((b) => (b.at > a.at ? [(b.value - a.value) / (b.at - a.at)] : [])),
  );
  const slope = median(slopes);
  const span = (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);
  return { middle: median(samples.map(({ value }) => value)), slope, growth: slope * span };
}

/** 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}
