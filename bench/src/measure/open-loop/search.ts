/**
 * Searches for the highest rate that holds: from the start by `factor` up or down until one rate holds and a higher one
 * does not, then by bisection, geometrically, until they lie within `precision`.
 *
 * @param options.start requests a second
 * @param options.factor above 1
 * @param options.precision ratio of the rate that does not hold to the one that does: 1.05
 * @param options.floor the search ends below this rate, in requests a second
 * @returns the highest rate that was found to hold; 0 when none of at least `floor` does
 */
export async function searchHighestRate(options: {
  start: number;
  factor: number;
  precision: number;
  floor: number;
  holds: (rate: number) => Promise<boolean>;
}): Promise<number> {
  const { start, factor, precision, floor, holds } = options;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  for (let rate = start; low === 0 || high === Number.POSITIVE_INFINITY; ) {
    if (await holds(rate)) low = rate;
    else high = rate;
    rate = low === 0 ? high / factor : low * factor;
    if (rate < floor) return 0;
  }
  while (high / low > precision) {
    const middle = Math.sqrt(low * high);
    if (await holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
