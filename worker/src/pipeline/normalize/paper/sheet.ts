import { type Component, type Labelling, labelComponents } from '../raster/components.ts';
import { type Grid, larger, smaller } from '../raster/grid.ts';
import { histogramOf } from '../raster/histogram.ts';
import { convexHull, type Point, polygonArea, withCorners } from '../raster/hull.ts';
import { negate } from '../raster/morphology.ts';
import { splitLevels } from './levels.ts';

/** Share of a grid's edge that lies on what is around a sheet. */
const AROUND_EDGE_MIN = 0.45;
/** One of so many pixels is looked at to tell that a grid shows no sheet, as nearly all. */
const SAMPLED = 3;
/** A sheet fills this share of the grid. */
const AREA = { min: 0.16, max: 0.9 };
/** What reaches three sides of the grid and fills no more than this share is a strip beside the sheet. */
const STRIP_MAX = 0.5;
/** Share of the square of its longest diagonal that a sheet fills: a half if it is square, 0.3 if it is three times as long as wide. */
const COMPACT_MIN = 0.28;
/** The two levels of sheet and desk differ by at least this many grey levels, and explain this share of all differences. */
const CONTRAST_MIN = 40;
const EXPLAINED_MIN = 0.7;
/** Across an edge of the sheet, within this many pixels on either side, … */
const STEP_REACH = 2;
/** … the grid steps by this share of the two levels' difference, at this share of the places along the edge. A shadow's edge is soft. */
const STEP_MIN = 0.6;
const STEEP_MIN = 0.75;
/** A sheet has four corners, and up to six where the grid's edge cuts it: they enclose this share of its hull. Of a ring it is 0.83. */
const CORNERS_MAX = 6;
const STRAIGHT_MIN = 0.93;
/** Share of the hull that is paper, and not ink. */
const PAPER_MIN = 0.8;
/** Share of what lies outside the hull that is not of the sheet's level. */
const OUTSIDE_MIN = 0.8;
/** The edges of a sheet are left out: as a share of the grid's long side. */
const MARGIN = 0.025;

/** A sheet of paper that lies on something else: its corners in a grid's pixels, going round. */
export interface Sheet {
  corners: Point[];
  /** Grey levels between the sheet and what is around it. */
  contrast: number;
}

/** Finds a sheet of paper on a desk: one level within straight edges, and another around it. Nothing may be written on it. */
export function findSheet(grid: Grid): Sheet | null {
  const sides = possibleSides(grid);
  if (sides.length === 0) return null;
  const split = splitLevels(histogramOf(grid.values));
  const contrast = Math.abs(split.rarer - split.common);
  if (contrast < CONTRAST_MIN || split.explained < EXPLAINED_MIN) return null;
  const middle = (split.rarer + split.common) / 2;
  for (const side of sides) {
    const sheet =
      side === 'bright'
        ? findBrightSheet(grid, middle, contrast)
        : findBrightSheet(negate(grid), -middle, contrast);
    if (sheet) return sheet;
  }
  return null;
}

/** Which of the two sides of a grid's levels may be a sheet: large enough, with the other along the edge. Nearly always neither. */
function possibleSides(grid: Grid): ('bright' | 'dark')[] {
  const { values } = grid;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i += SAMPLED) {
    low = smaller(low, values[i]);
    high = larger(high, values[i]);
  }
  const middle = (low + high) / 2;
  let bright = 0;
  for (let i = 0; i < values.length; i += SAMPLED) if (values[i] > middle) bright++;
  bright *= SAMPLED / values.length;
  const around = edgeShareBelow(grid, middle);
  const sides: ('bright' | 'dark')[] = [];
  if (around >= AROUND_EDGE_MIN && bright >= AREA.min * PAPER_MIN) sides.push('bright');
  if (1 - around >= AROUND_EDGE_MIN && 1 - bright >= AREA.min * PAPER_MIN) sides.push('dark');
  return sides;
}

function findBrightSheet(grid: Grid, level: number, contrast: number): Sheet | null {
  const { values, width, height } = grid;
  const pixels = width * height;
  let bright = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > level) bright++;
  const labelling = labelComponents(grid, level);
  const [largest] = [...labelling.components].sort((a, b) => b.area - a.area);
  if (!largest || largest.area < AREA.min * pixels * PAPER_MIN) return null;
  const hull = convexHull(rimOf(labelling, largest, width));
  const area = polygonArea(hull);
  if (area < AREA.min * pixels || area > AREA.max * pixels || largest.area < PAPER_MIN * area) return null;
  if (sidesMet(largest, grid) >= 3 && area < STRIP_MAX * pixels) return null;
  if (bright - largest.area > (1 - OUTSIDE_MIN) * (pixels - area)) return null;
  const corners = withCorners(hull, CORNERS_MAX);
  if (polygonArea(corners) < STRAIGHT_MIN * area || isStrip(corners, area)) return null;
  if (steepShare(grid, corners, STEP_MIN * contrast) < STEEP_MIN) return null;
  return { corners: shrink(corners, MARGIN * Math.max(width, height)), contrast };
}

/** How many of the grid's sides a component reaches. */
function sidesMet({ left, top, right, bottom }: Component, { width, height }: Grid): number {
  return [left <= 1, top <= 1, right >= width - 1, bottom >= height - 1].filter(Boolean).length;
}

/** Whether a polygon is much longer than wide: a bold stroke. */
function isStrip(corners: readonly Point[], area: number): boolean {
  let longest = 0;
  for (const a of corners)
    for (const b of corners) longest = Math.max(longest, (a.x - b.x) ** 2 + (a.y - b.y) ** 2);
  return area < COMPACT_MIN * longest;
}

function edgeShareBelow({ values, width, height }: Grid, level: number): number {
  let below = 0;
  for (let x = 0; x < width; x++) {
    if (values[x] <= level) below++;
    if (values[(height - 1) * width + x] <= level) below++;
  }
  for (let y = 0; y < height; y++) {
    if (values[y * width] <= level) below++;
    if (values[y * width + width - 1] <= level) below++;
  }
  return below / (2 * (width + height));
}

/** At which share of the places along a polygon's edges, but where they lie along the grid's, the grid steps up inwards. */
function steepShare({ values, width, height }: Grid, corners: readonly Point[], step: number): number {
  const at = (x: number, y: number) =>
    values[
      Math.max(0, Math.min(height - 1, Math.floor(y))) * width +
        Math.max(0, Math.min(width - 1, Math.floor(x)))
    ];
  const middle = {
    x: corners.reduce((sum, { x }) => sum + x, 0) / corners.length,
    y: corners.reduce((sum, { y }) => sum + y, 0) / corners.length,
  };
  let steep = 0;
  let places = 0;
  for (const [i, a] of corners.entries()) {
    const b = corners[(i + 1) % corners.length];
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    let normal = { x: (b.y - a.y) / length, y: (a.x - b.x) / length };
    if ((middle.x - a.x) * normal.x + (middle.y - a.y) * normal.y < 0)
      normal = { x: -normal.x, y: -normal.y };
    for (let along = 1; along < length - 1; along++) {
      const x = a.x + ((b.x - a.x) * along) / length;
      const y = a.y + ((b.y - a.y) * along) / length;
      const outside = { x: x - STEP_REACH * normal.x, y: y - STEP_REACH * normal.y };
      if (outside.x < 0 || outside.y < 0 || outside.x > width || outside.y > height) continue;
      places++;
      const inside = at(x + STEP_REACH * normal.x, y + STEP_REACH * normal.y);
      if (inside - at(outside.x, outside.y) >= step) steep++;
    }
  }
  return steep / Math.max(1, places);
}

/** The first and the last corner of a component's pixels in each row. */
function rimOf(
  { labels }: Labelling,
  { label, left, top, right, bottom }: Component,
  width: number,
): Point[] {
  const rim: Point[] = [];
  for (let y = top; y < bottom; y++) {
    let from = left;
    let to = right - 1;
    while (from < right && labels[y * width + from] !== label) from++;
    while (to > from && labels[y * width + to] !== label) to--;
    if (from === right) continue;
    rim.push({ x: from, y }, { x: from, y: y + 1 }, { x: to + 1, y }, { x: to + 1, y: y + 1 });
  }
  return rim;
}

/** Moves each corner towards the middle, by about `margin` from both its edges. */
function shrink(corners: readonly Point[], margin: number): Point[] {
  const x = corners.reduce((sum, corner) => sum + corner.x, 0) / corners.length;
  const y = corners.reduce((sum, corner) => sum + corner.y, 0) / corners.length;
  return corners.map((corner) => {
    const distance = Math.hypot(corner.x - x, corner.y - y) || 1;
    const share = Math.max(0, 1 - (Math.SQRT2 * margin) / distance);
    return { x: x + (corner.x - x) * share, y: y + (corner.y - y) * share };
  });
}

/** Where a row crosses a convex polygon; an empty range where it does not. */
export function rowOf(polygon: readonly Point[], y: number): { from: number; to: number } {
  let from = Infinity;
  let to = -Infinity;
  for (const [i, a] of polygon.entries()) {
    const b = polygon[(i + 1) % polygon.length];
    if (a.y === b.y || y < Math.min(a.y, b.y) || y > Math.max(a.y, b.y)) continue;
    const x = a.x + ((y - a.y) * (b.x - a.x)) / (b.y - a.y);
    from = Math.min(from, x);
    to = Math.max(to, x);
  }
  return { from, to };
}
