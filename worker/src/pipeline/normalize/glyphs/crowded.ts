import type { FoundDigit } from '../ink/find.ts';
import { isCloseCrop } from '../paper/close-crop.ts';
import { type Component, massOf } from '../raster/components.ts';
import type { Grid } from '../raster/grid.ts';
import { boundsOf, type Region } from '../raster/region.ts';
import { areCovered, sidesOf } from '../raster/sides.ts';

/** Other ink than the digit's, as a share of its mass: less is specks. */
const OTHERS_MIN = 0.08;
/** Other ink is at least this strong, as a share of the digit's. */
const LEVEL_SHARE_MIN = 0.45;
/** A single digit is seldom wider, as a share of its height. */
const WIDTH_MAX = 1.15;
/** Two digits that touch are seldom narrower, as a share of their height. */
const TWO_WIDTH_MIN = 0.65;
/** A part has at least this share of the digit's mass. */
const PART_MIN = 0.06;
/** So many parts are more than a digit, … */
const PARTS_MIN = 4;
/** … and so are two that have this share of its height each, … */
const TALL_MIN = 0.25;
/** … or one with at most this share of its width above or below the others. */
const BESIDE_OVERLAP_MAX = 0.4;
/** Parts of this share of the heaviest one's mass are as many digits. */
const EQUAL_MIN = 0.25;
/** A page whose overview is reduced this much is large; what is this many times as high as wide may be a column. */
const LARGE_PAGE_FACTOR = 8;
const COLUMN_MIN = 6;
/** In a close crop, each of two digits is at least this high, as a share of both. */
const DIGIT_HEIGHT_MIN = 0.6;
/** A box has ink along this share of each side, within this share of its short side from the edge. */
const SIDE_COVERED_MIN = 0.85;
const SIDE_BAND = 0.14;
/** A line is this many times as long as it is high, and as the others are wide. */
const FLAT_MIN = 2.5;
const LONG_MIN = 1.1;

/**
 * Whether an overview shows more than one digit alone, so that it takes a closer look to tell what belongs to which digit.
 *
 * @param factor by which the overview is reduced
 */
export function isCrowded(
  { parts, others, ink }: Pick<FoundDigit, 'parts' | 'others' | 'ink'>,
  size: { width: number; height: number },
  factor: number,
): boolean {
  const { left, top, right, bottom } = boundsOf(parts);
  const isWide = right - left > WIDTH_MAX * (bottom - top);
  if (parts.length === 1 && others.length === 0) {
    // On a large page, a column of digits may have run into one.
    const isColumn = factor >= LARGE_PAGE_FACTOR && bottom - top > COLUMN_MIN * (right - left);
    return ((isWide || fillsSides(ink)) && !isCloseCrop(size)) || isColumn;
  }
  const mass = massOf(parts);
  if (isCloseCrop(size)) {
    const all = [...parts, ...others].filter((part) => part.mass >= PART_MIN * mass);
    const isCutOff = (part: Component) => part.left === 0 || part.right === size.width;
    return areBeside(all) || all.some((part) => isCutOff(part) && isBeside(part, all));
  }
  const level = mass / parts.reduce((sum, { area }) => sum + area, 0);
  const strong = others.filter((other) => other.mass / other.area >= LEVEL_SHARE_MIN * level);
  if (massOf(strong) >= OTHERS_MIN * mass) return true;
  if (isWide) return true;
  const heaviest = Math.max(...parts.map((part) => part.mass));
  if (parts.filter((part) => part.mass >= EQUAL_MIN * heaviest).length >= PARTS_MIN) return true;
  const large = parts.filter((part) => part.mass >= PART_MIN * mass);
  const tall = large.filter((part) => part.bottom - part.top >= TALL_MIN * (bottom - top));
  if (large.length >= PARTS_MIN || tall.length >= 2) return true;
  return large.some((part) => isBeside(part, parts) || isLongLine(part, parts));
}

/** Whether what an overview shows as one digit is as wide as two narrow ones that touch. */
export function isWideForOne(
  { left, top, right, bottom }: Region,
  size: { width: number; height: number },
): boolean {
  return right - left >= TWO_WIDTH_MIN * (bottom - top) && !isCloseCrop(size);
}

/** A line under a digit, say: flat, and longer than the others are wide. The bar of a 5 is shorter. */
function isLongLine({ left, top, right, bottom, label }: Component, parts: Component[]): boolean {
  const others = parts.filter((other) => other.label !== label);
  if (right - left < FLAT_MIN * (bottom - top) || others.length === 0) return false;
  const rest = boundsOf(others);
  return right - left > LONG_MIN * (rest.right - rest.left);
}

/** Whether two parts of a close crop stand beside each other like digits: high, and with nothing above one another. */
function areBeside(parts: readonly Component[]): boolean {
  const { top, bottom } = boundsOf(parts);
  const tall = parts.filter((part) => part.bottom - part.top >= DIGIT_HEIGHT_MIN * (bottom - top));
  return tall.some((a) => tall.some((b) => b.left >= a.right - 1));
}

function isBeside(part: Component, parts: readonly Component[]): boolean {
  const others = parts.filter((other) => other !== part);
  if (others.length === 0) return false;
  const { left, right } = boundsOf(others);
  const overlap = Math.min(part.right, right) - Math.max(part.left, left);
  return overlap < BESIDE_OVERLAP_MAX * (part.right - part.left);
}

/** Whether there is ink along all four sides, as where a digit touches the box around it. */
function fillsSides({ values, width, height }: Grid): boolean {
  const band = Math.ceil(SIDE_BAND * Math.min(width, height));
  const sides = sidesOf({ left: 0, top: 0, right: width, bottom: height }, width);
  return areCovered(sides, { share: SIDE_COVERED_MIN, band, isInk: (i) => values[i] > 0.5 });
}
