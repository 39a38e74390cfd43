import type { Component } from '../raster/components.ts';
import type { Detail } from './detail.ts';

/** Slants tried: how far a stroke moves to the right for each pixel up. */
const SLANTS = [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7];
/** A slant is taken only where it makes columns of ink this much clearer than upright ones. */
const CLEARER_MIN = 1.03;

/** A stroke is flat where it is this many times as long as it is high. */
const FLAT_MIN = 4;

/** How the digits of a picture are written. */
export interface Writing {
  /** Height of a digit, in pixels. */
  height: number;
  /** How far strokes lean to the right for each pixel up. */
  slant: number;
}

export function measureWriting(components: readonly Component[], detail: Detail): Writing {
  return { height: digitHeight(components), slant: findSlant(components, detail) };
}

/** The height that half of the ink reaches; flat strokes don't count. */
function digitHeight(components: readonly Component[]): number {
  const tall = components
    .map(({ left, top, right, bottom, mass }) => ({ height: bottom - top, width: right - left, mass }))
    .filter(({ height, width }) => width < FLAT_MIN * height)
    .sort((a, b) => a.height - b.height);
  const total = tall.reduce((sum, { mass }) => sum + mass, 0);
  let counted = 0;
  for (const { height, mass } of tall) {
    counted += mass;
    if (2 * counted >= total) return height;
  }
  return Math.max(1, ...components.map(({ top, bottom }) => bottom - top));
}

/** The slant along which the ink falls into the clearest columns: the largest sum of their squares. */
function findSlant(components: readonly Component[], { labels, ink, components: all }: Detail): number {
  const isKept = new Uint8Array(all.length + 1);
  for (const { label } of components) isKept[label] = 1;
  const { width, height } = ink;
  const sums = SLANTS.map(() => new Float64Array(width + 2 * height));
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (isKept[labels[i]] === 0) continue;
      for (let s = 0; s < SLANTS.length; s++) sums[s][Math.round(x + SLANTS[s] * (y - height)) + height]++;
    }
  }
  const clearness = sums.map((columns) => columns.reduce((sum, value) => sum + value * value, 0));
  const upright = clearness[SLANTS.indexOf(0)];
  let best = SLANTS.indexOf(0);
  for (let s = 0; s < SLANTS.length; s++)
    if (clearness[s] > clearness[best] && clearness[s] > CLEARER_MIN * upright) best = s;
  return SLANTS[best];
}
