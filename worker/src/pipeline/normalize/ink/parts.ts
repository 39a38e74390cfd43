import type { Component } from '../raster/components.ts';
import { include, longSide, type Region } from '../raster/grid.ts';

/**
 * Picks the components that make up the digit: the heaviest one near the middle and what lies close to it. Pieces of a
 * broken stroke and the bar of a 5 stay, specks go.
 */
export function digitParts(components: Component[], size: { width: number; height: number }): Component[] {
  const heaviest = [...components].sort((a, b) => b.mass - a.mass).slice(0, 64);
  const main = mostCentral(heaviest, size);
  if (!main) return [];
  const parts = [main];
  const bounds: Region = { left: main.left, top: main.top, right: main.right, bottom: main.bottom };
  let mass = main.mass;
  const left = new Set(heaviest.filter((component) => component !== main));
  for (let grown = true; grown; ) {
    grown = false;
    for (const component of left) {
      const near =
        gap(component, bounds) <= 1 + 0.03 * Math.max(size.width, size.height) + 0.1 * longSide(bounds);
      if (!near || component.mass < 0.02 * mass || level(component) < 0.5 * level(main)) continue;
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

/** The component with most and strongest ink, ink in the middle of the picture counting up to three times. */
function mostCentral(
  components: Component[],
  { width, height }: { width: number; height: number },
): Component | undefined {
  let best: Component | undefined;
  let bestScore = 0;
  for (const component of components) {
    const x = (component.left + component.right) / width - 1;
    const y = (component.top + component.bottom) / height - 1;
    const score = (component.mass * level(component)) / (1 + 2 * Math.max(x * x, y * y));
    if (score > bestScore) {
      best = component;
      bestScore = score;
    }
  }
  return best;
}
