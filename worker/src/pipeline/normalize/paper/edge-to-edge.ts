import { labelComponents } from '../raster/components.ts';
import { type Grid, larger, smaller } from '../raster/grid.ts';
import { histogramOf } from '../raster/histogram.ts';
import { negate } from '../raster/morphology.ts';
import { floats, type Scratch } from '../raster/scratch.ts';
import { strokeThickness } from '../raster/thickness.ts';
import { type Split, splitLevels } from './levels.ts';

// Checked on validation digits that were stretched to fill 16×16 from edge to edge (models/mnist-cnn/README.md).

/** Share of the differences between pixels that two levels, ink and paper, explain. Shadows and textures fall short. */
const EXPLAINED_MIN = 0.78;
/** Share of the rarer of the two levels. Strokes on a page with room around them cover less. */
const SHARE_MIN = 0.15;
/** Levels, in grey levels, that differ less are paper and its shades. */
const CONTRAST_MIN = 24;
/** Mean thickness of strokes, as a share of the long side. Thinner ones don't cover so much of a close crop; ruling does. */
const THICKNESS_MIN = 0.06;
/** Smaller pieces of a level, as a share of the grid, are specks. */
const PIECE_MIN = 0.01;
/** How often the level changes along the edge: paper beside a desk, or below a shadow, makes two changes. */
const CHANGES_MIN = 4;
/** From the darker level to the lighter: what lies between these shares of the way is neither level. */
const BETWEEN = { from: 0.4, to: 0.6 };

/**
 * Finds digits that were cut out so closely that they meet the edge on several sides: such a crop holds two levels, both in
 * quantity, and both lie along the edge in turns. (The lines of ruled paper do too, but they are thin.)
 *
 * @returns how many more pieces of the dark level meet the edge than of the light one; null for a grid that leaves its
 * digit room. Strokes hang together, and where they meet the edge they part the paper: the level in more pieces is paper.
 */
export function partedAtEdge(grid: Grid): number | null {
  const edge = alongEdge(grid);
  if (!meetsInk(edge)) return null;
  const split = splitLevels(histogramOf(grid.values));
  if (split.explained < EXPLAINED_MIN || split.share < SHARE_MIN) return null;
  if (changesAlong(edge, split) < CHANGES_MIN || rarerThickness(grid, split) < THICKNESS_MIN) return null;
  const middle = (split.rarer + split.common) / 2;
  return piecesAtEdge(negate(grid), -middle) - piecesAtEdge(grid, middle);
}

/** How many connected pieces brighter than a level meet the edge. */
function piecesAtEdge(grid: Grid, level: number): number {
  const { width, height } = grid;
  return labelComponents(grid, level).components.filter(
    ({ left, top, right, bottom, area }) =>
      (left === 0 || top === 0 || right === width || bottom === height) && area >= PIECE_MIN * width * height,
  ).length;
}

/** Mean thickness of what has the rarer level, as a share of the long side. */
function rarerThickness({ values, width, height }: Grid, { rarer, common }: Split): number {
  const scale = 1 / (rarer - common);
  const shares = floats(values.length);
  for (let i = 0; i < values.length; i++) shares[i] = larger(0, smaller(1, (values[i] - common) * scale));
  return strokeThickness({ values: shares, width, height }) / Math.max(width, height);
}

/** The values on the way around the edge. */
function alongEdge({ values, width, height }: Grid): Scratch<Float32Array> {
  const edge = floats(2 * (width + height - 2));
  let to = 0;
  const walk = (from: number, step: number, count: number) => {
    for (let i = 0, at = from; i < count; i++, at += step) edge[to++] = values[at];
  };
  walk(0, 1, width - 1);
  walk(width - 1, width, height - 1);
  walk(width * height - 1, -1, width - 1);
  walk((height - 1) * width, -width, height - 1);
  return edge;
}

/** Most images have nothing but paper along their edge: a cheap check spares them the rest. */
function meetsInk(edge: Scratch<Float32Array>): boolean {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < edge.length; i++) {
    low = smaller(low, edge[i]);
    high = larger(high, edge[i]);
  }
  return high - low > CONTRAST_MIN;
}

/** How often the level changes on the way around, back to the beginning. */
function changesAlong(edge: Scratch<Float32Array>, { rarer, common }: Split): number {
  const dark = smaller(rarer, common);
  const light = larger(rarer, common);
  const low = dark + BETWEEN.from * (light - dark);
  const high = dark + BETWEEN.to * (light - dark);
  let [first, last, changes] = [0, 0, 0];
  for (let i = 0; i < edge.length; i++) {
    const level = edge[i] < low ? -1 : edge[i] > high ? 1 : 0;
    if (level === 0 || level === last) continue;
    if (last === 0) first = level;
    else changes++;
    last = level;
  }
  return first === last ? changes : changes + 1;
}
