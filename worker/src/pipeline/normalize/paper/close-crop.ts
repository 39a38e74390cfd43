/**
 * A grid up to this long side is taken for a close crop of a digit: its edge is not a page's edge, its straight lines are
 * strokes, and ink may fill most of it.
 */
export const CLOSE_CROP_SIDE = 40;

export function isCloseCrop({ width, height }: { width: number; height: number }): boolean {
  return Math.max(width, height) <= CLOSE_CROP_SIDE;
}
