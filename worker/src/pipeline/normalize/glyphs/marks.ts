import type { Component } from '../raster/components.ts';
import { boundsOf } from '../raster/region.ts';
import type { Group } from './groups.ts';
import type { Writing } from './writing.ts';

/** A mark, such as a stop, a comma or a dash, is lower than this share of a digit's height. */
const MARK_HEIGHT_MAX = 0.38;
/** A bar is higher than this many digits, alone or as one of several on a level, … */
const BAR_HEIGHT_MIN = { ofOne: 1.9, ofSeveral: 1.2 };
/** … and narrower than this share of its own height. */
const BAR_WIDTH_MAX = 0.4;
/** Bars are on a level where their ends differ by at most this share of a digit's height. */
const LEVEL_MAX = 0.1;
/** They go beyond what is between them above and below, by this share: tall 1s stand on the same line as the others. */
const BEYOND_MIN = 0.05;
/** A stroke is flat where it is this many times as long as it is high. */
const FLAT_MIN = 3;
/** A line under digits begins at their foot: at most this share of a digit's height above it. */
const FOOT = 0.12;
/** A line over digits is this many times as long as what is below it; the bar of a 5 is not. */
const OVER_MIN = 1.15;

/** Drops lines drawn under or over digits, which would join the digits above them. */
export function dropLines(components: readonly Component[]): Component[] {
  const tall = components.filter((component) => !isFlat(component));
  return components.filter((component) => !isFlat(component) || !isLine(component, tall));
}

function isFlat({ left, top, right, bottom }: Component): boolean {
  return right - left >= FLAT_MIN * (bottom - top);
}

/** Whether a flat stroke lies under or over what is tall and in the same columns. */
function isLine(flat: Component, tall: readonly Component[]): boolean {
  const over = tall.filter(({ left, right }) => left < flat.right && right > flat.left);
  if (over.length === 0) return false;
  const top = Math.min(...over.map((other) => other.top));
  const bottom = Math.max(...over.map((other) => other.bottom));
  const width = Math.max(...over.map(({ right }) => right)) - Math.min(...over.map(({ left }) => left));
  const middle = (flat.top + flat.bottom) / 2;
  if (middle > bottom - FOOT * (bottom - top)) return true;
  return middle < top + FOOT * (bottom - top) && flat.right - flat.left > OVER_MIN * width;
}

/** Drops what is written beside digits: stops, commas, dashes; and bars, such as the edge of a table, or between cells. */
export function dropMarks(groups: readonly Group[], { height }: Writing): Group[] {
  const narrow = groups.filter((group) => group.right - group.left < BAR_WIDTH_MAX * heightOf(group));
  const bars = narrow.filter((group) => heightOf(group) > BAR_HEIGHT_MIN.ofSeveral * height);
  const between = boundsOf(groups.filter((group) => !bars.includes(group)));
  const beyond = BEYOND_MIN * height;
  const isBar = (bar: Group) =>
    bars.includes(bar) &&
    (heightOf(bar) > BAR_HEIGHT_MIN.ofOne * height ||
      (bar.top < between.top - beyond &&
        bar.bottom > between.bottom + beyond &&
        bars.some((other) => other !== bar && areLevel(bar, other, LEVEL_MAX * height))));
  const digits = groups.filter((group) => heightOf(group) >= MARK_HEIGHT_MAX * height && !isBar(group));
  return digits.length > 0 ? digits : [...groups];
}

const heightOf = ({ top, bottom }: Group) => bottom - top;

/** Whether two bars begin and end at the same height, as those between the cells of a form do. */
function areLevel(a: Group, b: Group, most: number): boolean {
  return Math.abs(a.top - b.top) <= most && Math.abs(a.bottom - b.bottom) <= most;
}
