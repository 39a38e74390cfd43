import { type Component, labelComponents } from '../raster/components.ts';
import type { Region } from '../raster/region.ts';
import type { Detail } from './detail.ts';

/** Slopes tried: pixels down for each pixel to the right. */
const SLOPES = Array.from({ length: 29 }, (_, i) => (i - 14) * 0.05);
/** A line covers this share of its component's width … */
const COVERED_MIN = 0.88;
/** … and goes beyond the rest of the ink on both sides by this share of its length. */
const OVERHANG_MIN = 0.15;
/** Its middle lies at least this far below the top, as a share of the height: the bar of a 7 lies above. */
const FROM_TOP_MIN = 0.25;
/** One at the foot, from this share of the height on, goes farther: the foot of a 2 does not. */
const FOOT = { from: 0.75, overhangMin: 0.28 };
/** A line is at most this thick, as a share of its length. */
const THICKNESS_MAX = 0.2;
/** Smaller components, as a share of the heaviest one's mass and in pixels across, have no line erased. */
const MASS_MIN = 0.1;
const WIDTH_MIN = 12;
/** The rest of the ink, without the line, is at least this share of it. */
const REST_MIN = 0.25;
/**
 * What lies this near to the line's middle, in thicknesses, is the line: less at its ends, which a stroke of a digit may meet, and
 * more at those of a double line.
 */
const REACH = { ofOne: 1.2, ofTwo: 3.5, atEnds: 1.05 };
/** The second of two lines covers this share of the width, and lies this far from the first, in thicknesses. */
const SECOND = { coveredMin: 0.7, from: 1.4, to: 3.2 };
/** Ink that goes on beyond this many thicknesses of a line is a stroke that crosses the line. */
const CROSSING_MIN = 1.7;

/** A line drawn by hand lies within so many rows of a straight one. */
const NEAR = [0, -1, 1, -2, 2];

/** A straight line through a component from its left to its right end: pixels, and pixels down for each to the right. */
interface Line {
  y: number;
  slope: number;
  thickness: number;
}

/**
 * Erases lines that were drawn through digits or under them and touch them: straight, and longer than the digit is wide.
 *
 * @returns the detail, and where something was struck through
 */
export function eraseStrikes(detail: Detail): { detail: Detail; struck: Region[] } {
  const heaviest = Math.max(0, ...detail.components.map(({ mass }) => mass));
  const lines = detail.components.flatMap((component) => {
    if (component.mass < MASS_MIN * heaviest || component.right - component.left < WIDTH_MIN) return [];
    const line = findLine(component, detail);
    return line && goesBeyond(component, line, detail) ? [{ component, line }] : [];
  });
  if (lines.length === 0) return { detail, struck: [] };
  for (const { component, line } of lines) erase(component, line, detail);
  const struck = lines.filter(({ component, line }) => !isFoot(component, line));
  return {
    detail: { ...detail, ...labelComponents(detail.ink, detail.threshold) },
    struck: struck.map(({ component }) => component),
  };
}

/** The straight line that covers most of a component's width; null where none covers enough. */
function findLine(component: Component, detail: Detail): Line | null {
  const { label, left, top, right, bottom } = component;
  const { labels, ink } = detail;
  const width = right - left;
  const missesMax = (1 - COVERED_MIN) * width;
  let best = { y: 0, slope: 0, misses: Infinity };
  for (const slope of SLOPES) {
    const drift = slope * width;
    const highest = top + FROM_TOP_MIN * (bottom - top) - drift / 2;
    for (let y = Math.max(highest, top, top - drift); y < Math.min(bottom, bottom - drift); y++) {
      let misses = 0;
      for (let x = 0; x < width && misses <= missesMax && misses < best.misses; x++)
        if (labels[Math.floor(y + slope * x) * ink.width + left + x] !== label) misses++;
      if (misses <= missesMax && misses < best.misses) best = { y, slope, misses };
    }
  }
  if (best.misses === Infinity) return null;
  const runs = runsAlong(component, best, detail);
  const thickness = median(runs.map(({ from, to }) => to - from));
  const away = median(runs.map(({ x, from, to }) => (from + to) / 2 - best.slope * (x - left) - best.y));
  return { slope: best.slope, y: best.y + away, thickness };
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}

/** The rows of ink without a gap around a line, in each column where there is ink on the line or next to it. */
function runsAlong(
  { label, left, top, right, bottom }: Component,
  { y, slope }: Omit<Line, 'thickness'>,
  { labels, ink }: Detail,
): { x: number; from: number; to: number }[] {
  const runs: { x: number; from: number; to: number }[] = [];
  for (let x = left; x < right; x++) {
    const isInk = (row: number) => row >= top && row < bottom && labels[row * ink.width + x] === label;
    const row = Math.floor(y + slope * (x - left));
    const away = NEAR.find((rows) => isInk(row + rows));
    if (away === undefined) continue;
    let from = row + away;
    let to = from;
    while (isInk(from - 1)) from--;
    while (isInk(to)) to++;
    runs.push({ x, from, to });
  }
  return runs;
}

function isFoot({ left, top, right, bottom }: Component, { y, slope }: Line): boolean {
  return y + (slope * (right - left)) / 2 > top + FOOT.from * (bottom - top);
}

/** Whether a second line runs beside a line. */
function hasSecond(
  { label, left, top, right, bottom }: Component,
  { y, slope, thickness }: Line,
  { labels, ink }: Detail,
): boolean {
  for (let away = SECOND.from * thickness; away <= SECOND.to * thickness; away++) {
    for (const start of [y - away, y + away]) {
      let covered = 0;
      for (let x = left; x < right; x++) {
        const row = Math.floor(start + slope * (x - left));
        if (row >= top && row < bottom && labels[row * ink.width + x] === label) covered++;
      }
      if (covered >= SECOND.coveredMin * (right - left)) return true;
    }
  }
  return false;
}

/** Whether a line goes beyond the rest of its component on both sides, and the rest is more than next to nothing. */
function goesBeyond(component: Component, line: Line, detail: Detail): boolean {
  const { labels, ink } = detail;
  const { label, left, top, right, bottom, area } = component;
  const length = right - left;
  if (line.thickness > THICKNESS_MAX * length) return false;
  const overhang = (isFoot(component, line) ? FOOT.overhangMin : OVERHANG_MIN) * length;
  const isDouble = hasSecond(component, line, detail);
  let [first, last, rest] = [right, left, 0];
  for (let x = left; x < right; x++) {
    const middle = line.y + line.slope * (x - left);
    const isEnd = x - left < overhang || right - 1 - x < overhang;
    const reach = (!isEnd ? REACH.ofOne : isDouble ? REACH.ofTwo : REACH.atEnds) * line.thickness;
    for (let y = top; y < bottom; y++) {
      if (labels[y * ink.width + x] !== label || Math.abs(y + 0.5 - middle) <= reach) continue;
      rest++;
      if (x < first) first = x;
      if (x > last) last = x;
    }
  }
  return rest > REST_MIN * area && first - left >= overhang && right - 1 - last >= overhang;
}

/** Erases a line from the ink, but where strokes cross it. */
function erase(component: Component, line: Line, detail: Detail): void {
  const { ink } = detail;
  for (const { x, from, to } of runsAlong(component, line, detail)) {
    if (to - from > CROSSING_MIN * line.thickness) continue;
    for (let y = Math.max(0, from - 1); y < Math.min(ink.height, to + 1); y++)
      ink.values[y * ink.width + x] = 0;
  }
}
