import type { Stroke } from '../state/sheet.ts';
import { type Extent, extentOf, inkExtent, PEN_DIAMETERS_UNITS } from './stroke.ts';

/** A pen of more than this share of its ink's extent closes the loops of a digit. */
const EXTENT_SHARE_MAX = 0.1;
/** Of a dot, and of ink so small that no pen could write it. */
const DIAMETER_MIN_UNITS = 2;
/** Strokes so near to each other are of one digit: the bar of a 5 and its bow. */
const NEAR_UNITS = 3;

/**
 * The pen's diameter for each stroke as the network gets it, in sheet units: that of the pen on the screen, bounded by the extent
 * of the longest stroke among those that it meets. So small writing has the proportions of large one, and a digit's short strokes
 * the pen of its long ones.
 */
export function exportedDiameters(strokes: readonly Stroke[]): readonly number[] {
  const sides = strokes.map((stroke) => inkExtent([stroke]));
  return groupsOf(strokes.map((stroke) => extentOf([stroke]))).map((group, index) => {
    const longest = Math.max(...group.map((member) => sides[member]!));
    const bound = Math.max(DIAMETER_MIN_UNITS, longest * EXTENT_SHARE_MAX);
    return Math.min(PEN_DIAMETERS_UNITS[strokes[index]!.pen], bound);
  });
}

/** For each stroke the indexes of all that it meets, directly or through others. */
function groupsOf(extents: readonly Extent[]): readonly (readonly number[])[] {
  const groupOf = extents.map((_, index) => [index]);
  for (const [index, one] of extents.entries()) {
    for (const [earlier, other] of extents.slice(0, index).entries()) {
      const [group, joined] = [groupOf[earlier]!, groupOf[index]!];
      if (group === joined || !areNear(one, other)) continue;
      group.push(...joined);
      for (const member of joined) groupOf[member] = group;
    }
  }
  return groupOf;
}

function areNear(one: Extent, other: Extent): boolean {
  return (
    Math.max(one.left, other.left) - Math.min(one.right, other.right) <= NEAR_UNITS &&
    Math.max(one.top, other.top) - Math.min(one.bottom, other.bottom) <= NEAR_UNITS
  );
}
