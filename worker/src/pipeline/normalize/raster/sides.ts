import type { Region } from './region.ts';

/** One side of a rectangle, as places in a grid: its first pixel, and steps to the next one `along` it and `inward` from it. */
export interface Side {
  from: number;
  along: number;
  inward: number;
  /** Pixels along the side, and across the rectangle. */
  length: number;
  room: number;
}

/** The left, right, upper and lower side of a rectangle. @param across how wide the grid is */
export function sidesOf({ left, top, right, bottom }: Region, across: number): Side[] {
  const [width, height] = [right - left, bottom - top];
  const [upright, level] = [
    { along: across, length: height, room: width },
    { along: 1, length: width, room: height },
  ];
  return [
    { from: top * across + left, inward: 1, ...upright },
    { from: top * across + right - 1, inward: -1, ...upright },
    { from: top * across + left, inward: across, ...level },
    { from: (bottom - 1) * across + left, inward: -across, ...level },
  ];
}

/** Pixels from a side, at the `k`-th place along it, to the first ink inward; `band` where none lies within the band. */
export function gapTo(
  { from, along, inward }: Side,
  k: number,
  { band, isInk }: { band: number; isInk: (i: number) => boolean },
): number {
  let gap = 0;
  for (let i = from + k * along; gap < band && !isInk(i); i += inward) gap++;
  return gap;
}

/** Whether ink lies within the band along at least this share of each side. */
export function areCovered(
  sides: readonly Side[],
  { share, ...where }: { share: number; band: number; isInk: (i: number) => boolean },
): boolean {
  return sides.every((side) => {
    let missing = (1 - share) * side.length;
    for (let k = 0; k < side.length && missing >= 0; k++) if (gapTo(side, k, where) === where.band) missing--;
    return missing >= 0;
  });
}
