export type Random = ReturnType<typeof createRandom>;

/** Random choices that a seed repeats (mulberry32). How processes interleave, no seed repeats. */
export function createRandom(seed: number) {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const pick = <T>(from: readonly T[]): T => from[between(0, from.length - 1)] as T;

  return {
    between,
    pick,
    chance: (share: number) => next() < share,
    /** One of the choices, as often as its weight says. */
    weighted<T extends { weight: number }>(choices: readonly T[]): T {
      let left = next() * choices.reduce((sum, { weight }) => sum + weight, 0);
      for (const choice of choices) {
        left -= choice.weight;
        if (left < 0) return choice;
      }
      return choices.at(-1) as T;
    },
    shuffle<T>(list: readonly T[]): T[] {
      const shuffled = [...list];
      for (let i = shuffled.length - 1; i > 0; i--) {
        const other = between(0, i);
        [shuffled[i], shuffled[other]] = [shuffled[other] as T, shuffled[i] as T];
      }
      return shuffled;
    },
  };
}
