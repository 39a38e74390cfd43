/** Each octave of milliseconds is cut into this many buckets: a quantile is off by 1 in 32 at most. */
const CUTS = 16;
const CUT_BITS = Math.log2(CUTS);
/** The longest that is told apart, 2^22 ms: about 70 minutes. */
const OCTAVES = 22;
const BUCKETS = (OCTAVES - CUT_BITS + 1) * CUTS;

/** How long things took, counted in buckets that widen with the time: of a fixed size, whatever is counted. */
export interface Latencies {
  /** Counts `count` that took as many milliseconds. */
  add(milliseconds: number, count: number): void;
  /** The milliseconds within which a share of 0…1 ended; null where nothing was counted. */
  quantile(share: number): number | null;
  clear(): void;
}

/** An empty histogram. */
export function createLatencies(): Latencies {
  const counts = new Uint32Array(BUCKETS);
  let total = 0;
  return {
    add(milliseconds, count) {
      const bucket = bucketOf(milliseconds);
      counts[bucket] = counts[bucket]! + count;
      total += count;
    },
    quantile(share) {
      if (total === 0) return null;
      const wanted = Math.max(1, Math.ceil(share * total));
      let seen = 0;
      const bucket = counts.findIndex((count) => {
        seen += count;
        return seen >= wanted;
      });
      return middleOf(bucket);
    },
    clear() {
      counts.fill(0);
      total = 0;
    },
  };
}

/** Below CUTS a bucket is a millisecond wide; from there its width doubles with each octave. */
function bucketOf(milliseconds: number): number {
  const whole = Math.min(Math.max(0, Math.round(milliseconds)), 2 ** OCTAVES - 1);
  const widening = Math.max(0, 31 - Math.clz32(whole) - CUT_BITS);
  return widening * CUTS + (whole >> widening);
}

function middleOf(bucket: number): number {
  const widening = Math.max(0, Math.floor(bucket / CUTS) - 1);
  const lowest = (bucket - widening * CUTS) * 2 ** widening;
  return lowest + (2 ** widening - 1) / 2;
}
