import type { Box } from '../../reading.ts';
import { inkRange } from '../ink/level.ts';
import { fitStroke } from '../mnist/fit.ts';
import { toPixels } from '../mnist/pixels.ts';
import { hasBox, place } from '../mnist/place.ts';
import { labelComponents, massOf } from '../raster/components.ts';
import { crop, type Grid, larger, smaller } from '../raster/grid.ts';
import { shrink } from '../raster/reduce.ts';
import { boundsOf, longSide, type Region } from '../raster/region.ts';
import { floats } from '../raster/scratch.ts';
import type { Cut } from './cuts.ts';
import type { Detail } from './detail.ts';
import type { Group } from './groups.ts';

/** Less ink than this, in pixels, is no candidate. */
const PIXELS_MIN = 8;
/** A glyph is reduced while its long side stays at least this long, in pixels: the network sees 20. */
const SIDE_MIN = 40;
/** What a cut leaves of a neighbour: less than this share of the ink, apart from the rest. */
const SLIVER_MAX = 0.1;

/** Part of a line's ink: groups, between two cuts where it does not end with one of them. */
export interface Span {
  groups: readonly Group[];
  left: Cut | null;
  right: Cut | null;
}

/** Cuts a span out as the network's input: null where next to nothing lies in it. The box is in the bitmap's pixels. */
export function cutOut(span: Span, detail: Detail): { pixels: Uint8Array; box: Box } | null {
  const region = withSoftEdges(boundsOf(span.groups), span, detail.ink);
  const inside = insideOf(span, region, detail);
  if (span.left || span.right) dropSlivers(inside);
  const found = inkBounds(inside);
  if (found.count < PIXELS_MIN) return null;
  const ink = stretch(inside, region, detail);
  const box = boxOf(found.bounds, region, detail);
  const glyph = shrink(crop(ink, found.bounds, 1), Math.floor(longSide(found.bounds) / SIDE_MIN));
  // A few pixels far apart, between two cuts that lie close, are next to nothing once they are reduced.
  if (!hasBox(glyph)) return null;
  return { pixels: toPixels(place(fitStroke(glyph))), box };
}

/** @param bounds of ink within a region of the detail */
function boxOf(bounds: Region, region: Region, { factor, size }: Detail): Box {
  const left = (region.left + bounds.left) * factor;
  const top = (region.top + bounds.top) * factor;
  const width = Math.min((region.left + bounds.right) * factor, size.width) - left;
  const height = Math.min((region.top + bounds.bottom) * factor, size.height) - top;
  return { left, top, width, height };
}

/** The part of some bounds that lies between a span's cuts, and a pixel more for soft edges. */
function withSoftEdges(bounds: Region, span: Span, { width, height }: Grid): Region {
  const top = Math.max(0, bounds.top - 1);
  const bottom = Math.min(height, bounds.bottom + 1);
  const ends = (cut: Cut) => [top, bottom].map((y) => cutAt(cut, y, height));
  const left = span.left ? Math.max(bounds.left, Math.min(...ends(span.left))) : bounds.left;
  const right = span.right ? Math.min(bounds.right, Math.max(...ends(span.right))) : bounds.right;
  return { left: Math.max(0, left - 1), top, right: Math.min(width, Math.max(left, right) + 1), bottom };
}

/** Where a cut passes a row. */
function cutAt({ x, lean }: Cut, y: number, height: number): number {
  return Math.round(x - lean * (y - height));
}

/** The ink of a span, and 0 elsewhere, in a grid of a region's size. */
function insideOf(span: Span, region: Region, { labels, ink, components }: Detail): Grid {
  const isOurs = new Uint8Array(components.length + 1);
  for (const group of span.groups) for (const { label } of group.components) isOurs[label] = 1;
  const width = region.right - region.left;
  const values = floats(width * (region.bottom - region.top));
  for (let y = region.top; y < region.bottom; y++) {
    const from = Math.max(region.left, span.left ? cutAt(span.left, y, ink.height) : 0);
    const to = Math.min(region.right, span.right ? cutAt(span.right, y, ink.height) : ink.width);
    const row = (y - region.top) * width - region.left;
    for (let x = from; x < to; x++) {
      const i = y * ink.width + x;
      if (isOurs[labels[i]] === 1) values[row + x] = ink.values[i];
    }
  }
  return { values, width, height: region.bottom - region.top };
}

function dropSlivers(inside: Grid): void {
  const { labels, components } = labelComponents(inside, 0);
  const least = SLIVER_MAX * massOf(components);
  const isSliver = components.map(({ mass }) => mass < least);
  for (let i = 0; i < labels.length; i++) if (labels[i] > 0 && isSliver[labels[i] - 1]) inside.values[i] = 0;
}

function inkBounds({ values, width, height }: Grid): { bounds: Region; count: number } {
  const bounds: Region = { left: width, top: height, right: 0, bottom: 0 };
  let count = 0;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (values[i] === 0) continue;
      count++;
      if (x < bounds.left) bounds.left = x;
      if (x >= bounds.right) bounds.right = x + 1;
      if (y < bounds.top) bounds.top = y;
      bounds.bottom = y + 1;
    }
  }
  return { bounds, count };
}

/** A span's ink with its soft edges, stretched to 0…1 from the paper's noise to full ink. */
function stretch({ values, width, height }: Grid, region: Region, { labels, ink }: Detail): Grid {
  const { low, gain } = inkRange(values, ink.noise);
  const out = floats(values.length);
  for (let y = 0, i = 0; y < height; y++) {
    const source = (region.top + y) * ink.width + region.left;
    const above = y > 0 ? width : 0;
    const below = y + 1 < height ? width : 0;
    for (let x = 0; x < width; x++, i++) {
      const before = x > 0 ? 1 : 0;
      const after = x + 1 < width ? 1 : 0;
      const isNear =
        values[i] > 0 ||
        (labels[source + x] === 0 &&
          values[i - before] +
            values[i + after] +
            values[i - above - before] +
            values[i - above] +
            values[i - above + after] +
            values[i + below - before] +
            values[i + below] +
            values[i + below + after] >
            0);
      if (isNear) out[i] = larger(0, smaller(1, (ink.values[source + x] - low) * gain));
    }
  }
  return { values: out, width, height };
}
