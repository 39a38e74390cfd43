import type { Component } from '../raster/components.ts';
import { include, longSide, type Region } from '../raster/region.ts';

/** Only this many components are looked at, the heaviest: a noisy page has thousands. */
const COMPONENTS_MAX = 64;
/** A part lies this near to the others: in pixels, as a share of the grid's long side, and as a share of the digit's. */
const GAP_MAX = { pixels: 1, ofGrid: 0.03, ofDigit: 0.1 };
/** A part has at least this share of the mass of the others: less is a speck. */
const MASS_SHARE_MIN = 0.02;
/** A part's ink is at least this strong, as a share of the main part's: fainter is a stain. */
const LEVEL_SHARE_MIN = 0.5;
/** What ink at the edge counts less than ink in the middle. */
const EDGE_DISCOUNT = 2;

/**
 * Picks the components that make up the digit: the heaviest one near the middle, and what lies close to it. Pieces of a
 * broken stroke and the bar of a 5 stay, specks go.
 */
export function digitParts(components: Component[], size: { width: number; height: number }): Component[] {
  const heaviest = [...components].sort((a, b) => b.mass - a.mass).slice(0, COMPONENTS_MAX);
  const main = mostCentral(heaviest, size);
  if (!main) return [];
  const parts = [main];
  const bounds: Region = { left: main.left, top: main.top, right: main.right, bottom: main.bottom };
  let mass = main.mass;
  const left = new Set(heaviest.filter((component) => component !== main));
  for (let grown = true; grown; ) {
    grown = false;
    for (const component of left) {
      const gapMax =
        GAP_MAX.pixels +
        GAP_MAX.ofGrid * Math.max(size.width, size.height) +
        GAP_MAX.ofDigit * longSide(bounds);
      if (gap(component, bounds) > gapMax || component.mass < MASS_SHARE_MIN * mass) continue;
      if (level(component) < LEVEL_SHARE_MIN * level(main)) continue;
      left.delete(component);
      parts.push(component);
      mass += component.mass;
      include(bounds, component);
      grown = true;
    }
  }
  return parts;
}

function level({ mass, area }: Component): number {
  return mass / area;
}

/** Distance between two rectangles, 0 where they overlap. */
function gap(a: Region, b: Region): number {
  return Math.max(0, a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom);
}

/** The component with most and strongest ink; ink in the middle counts up to three times. */
function mostCentral(
  components: Component[],
  { width, height }: { width: number; height: number },
): Component | undefined {
  let best: Component | undefined;
  let bestScore = 0;
  for (const component of components) {
    const x = (component.left + component.right) / width - 1;
    const y = (component.top + component.bottom) / height - 1;
    const score = (component.mass * level(component)) / (1 + EDGE_DISCOUNT * Math.max(x * x, y * y));
    if (score > bestScore) {
      best = component;
      bestScore = score;
    }
  }
  return best;
}
