/** A strip holds a line of digits: what lies on it is no larger than on a page of this many times its short side. */
const STRIP_MAX = 1.5;

/** The side by which the size of what is written on a grid is judged: its long side, unless the grid is a strip. */
export function pageSide({ width, height }: { width: number; height: number }): number {
  return Math.min(Math.max(width, height), STRIP_MAX * Math.min(width, height));
}
