/** Even noise in −0.5…0.5, the same on every run (xorshift32). The seed is not 0. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0xffff_ffff - 0.5;
  };
}
