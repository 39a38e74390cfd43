import { type Component, labelComponents } from '../raster/components.ts';
import { overlap, type Region } from '../raster/region.ts';
import { areCovered, gapTo, type Side, sidesOf } from '../raster/sides.ts';
import type { Detail } from './detail.ts';

/** A box is at least this large, in pixels across, and at most this share of the rectangle is ink. */
const SIDE_MIN = 16;
const FILLED_MAX = 0.75;
/** A box's sides begin within this share of its short side from its edge, … */
const BAND = 0.14;
/** … are drawn over at least this share of their length, … */
const COVERED_MIN = 0.88;
/** … and are at most this thick, as a share of its short side. */
const THICKNESS_MAX = 0.2;
/** A side drawn by hand is at times this much thicker than it is as a rule; where there is more, a digit touches it. */
const SIDE_REACH = 1.3;
/** A line between cells is at most this wide, in thicknesses, and ends this near to the erased sides, in thicknesses and pixels. */
const BAR = { widthMax: 3, gapMax: 0.5, gapPixels: 2 };

/**
 * Erases boxes and rows of cells, also where a digit touches their sides: they are rectangles of lines. What a box without a
 * digit leaves is nothing.
 */
export function eraseBoxes(detail: Detail): Detail {
  const boxes = detail.components.flatMap((component) => {
    const sides = findSides(component, detail);
    return sides ? [{ component, ...sides }] : [];
  });
  if (boxes.length === 0) return detail;
  for (const { runs, thickness } of boxes) eraseSides(runs, thickness, detail);
  const bare = { ...detail, ...labelComponents(detail.ink, detail.threshold) };
  const rests = boxes.flatMap(({ component, thickness }) => restsOf(component, thickness, bare));
  if (rests.length === 0) return bare;
  eraseAll(rests, bare);
  return { ...bare, ...labelComponents(bare.ink, bare.threshold) };
}

/** Pixels of one side's line in one row or column: the first is at `at`, each `step` further on in the grid. */
interface Run {
  at: number;
  step: number;
  length: number;
}

/** The lines along the four sides of a component, and how thick they are: null where it is no box. */
function findSides(component: Component, detail: Detail): { runs: Run[]; thickness: number } | null {
  const { left, top, right, bottom, area } = component;
  const [width, height] = [right - left, bottom - top];
  const short = Math.min(width, height);
  if (short < SIDE_MIN || area > FILLED_MAX * width * height) return null;
  const band = Math.max(2, Math.round(BAND * short));
  const isInk = (i: number) => detail.labels[i] === component.label;
  const sides = sidesOf(component, detail.ink.width);
  if (!areCovered(sides, { share: COVERED_MIN, band, isInk })) return null;
  const runs = sides.flatMap((side) => runsOf(side, band, isInk));
  const lengths = runs.map(({ length }) => length).sort((a, b) => a - b);
  const thickness = lengths[lengths.length >> 1]!;
  return thickness <= THICKNESS_MAX * short ? { runs, thickness } : null;
}

/** The ink from a side inward, at each place along it where it begins within the band. */
function runsOf(side: Side, band: number, isInk: (i: number) => boolean): Run[] {
  const runs: Run[] = [];
  for (let k = 0; k < side.length; k++) {
    const gap = gapTo(side, k, { band, isInk });
    if (gap === band) continue;
    const at = side.from + k * side.along + gap * side.inward;
    let length = 0;
    while (gap + length < side.room && isInk(at + length * side.inward)) length++;
    runs.push({ at, step: side.inward, length });
  }
  return runs;
}

function eraseSides(runs: readonly Run[], thickness: number, { ink }: Detail): void {
  for (const { at, step, length } of runs) {
    const erased = length > SIDE_REACH * thickness + 1 ? thickness : length;
    for (let k = 0; k < erased; k++) ink.values[at + k * step] = 0;
  }
}

/** What the erased sides of a box left that is no digit: rests of the sides, and the lines between cells. */
function restsOf(box: Component, thickness: number, { components }: Detail): Component[] {
  const band = BAND * Math.min(box.right - box.left, box.bottom - box.top);
  const room = inset(box, Math.max(thickness + BAR.gapPixels, band));
  const { top, bottom } = inset(box, (1 + BAR.gapMax) * thickness + BAR.gapPixels);
  const isAtSide = (rest: Region) => !overlap(rest, room);
  const isBar = (rest: Region) =>
    rest.top <= top && rest.bottom >= bottom && rest.right - rest.left <= BAR.widthMax * thickness;
  const inside = components.filter((component) => holds(box, component));
  return inside.filter((component) => isAtSide(component) || isBar(component));
}

function inset({ left, top, right, bottom }: Region, by: number): Region {
  return { left: left + by, top: top + by, right: right - by, bottom: bottom - by };
}

function holds(outer: Region, inner: Region): boolean {
  return (
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom
  );
}

function eraseAll(components: readonly Component[], { labels, ink }: Detail): void {
  const gone = new Set(components.map(({ label }) => label));
  for (let i = 0; i < labels.length; i++) if (gone.has(labels[i])) ink.values[i] = 0;
}
