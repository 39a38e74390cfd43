import type { Component } from '../raster/components.ts';
import { boundsOf, type Region } from '../raster/region.ts';
import type { Detail } from './detail.ts';
import type { Writing } from './writing.ts';

/** Components that overlap along the slant by this share of the narrower one belong together, … */
const OVERLAP_MIN = 0.4;
/** … if no more than this share of a digit's height lies between them. */
const GAP_MAX = 0.35;
/** … and both together are no higher than this many digits. */
const HEIGHT_MAX = 1.4;

/** Components that lie above one another along the slant: a digit, a part of one, or several that touch. */
export interface Group extends Region {
  components: Component[];
  /** Where the group begins and ends along a line of the slant, at the grid's foot. */
  from: number;
  to: number;
}

/** Joins what lies above one another along the slant, such as the bar of a 5 and its body. */
export function groupComponents(
  components: readonly Component[],
  detail: Detail,
  { height, slant }: Writing,
): Group[] {
  const extents = extentsAlong(detail, slant);
  let groups: Group[] = components.map((component) => ({
    ...boundsOf([component]),
    components: [component],
    ...extents[component.label],
  }));
  for (let joined = true; joined; ) {
    joined = false;
    for (let a = 0; a < groups.length && !joined; a++) {
      for (let b = a + 1; b < groups.length && !joined; b++) {
        if (!belongTogether(groups[a], groups[b], height)) continue;
        const both = join(groups[a], groups[b]);
        groups = [...groups.filter((_, i) => i !== a && i !== b), both];
        joined = true;
      }
    }
  }
  return groups;
}

function belongTogether(a: Group, b: Group, height: number): boolean {
  const overlap = Math.min(a.to, b.to) - Math.max(a.from, b.from);
  if (overlap < OVERLAP_MIN * Math.min(a.to - a.from, b.to - b.from)) return false;
  const gap = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
  const together = Math.max(a.bottom, b.bottom) - Math.min(a.top, b.top);
  return (
    gap <= GAP_MAX * height && together <= HEIGHT_MAX * Math.max(height, a.bottom - a.top, b.bottom - b.top)
  );
}

function join(a: Group, b: Group): Group {
  return {
    ...boundsOf([a, b]),
    components: [...a.components, ...b.components],
    from: Math.min(a.from, b.from),
    to: Math.max(a.to, b.to),
  };
}

/** Where each label begins and ends along the slant, moved to the grid's foot. */
function extentsAlong({ labels, components, ink }: Detail, slant: number): { from: number; to: number }[] {
  const extents = Array.from({ length: components.length + 1 }, () => ({ from: Infinity, to: -Infinity }));
  const { width, height } = ink;
  for (let y = 0, i = 0; y < height; y++) {
    const shift = slant * (y - height);
    for (let x = 0; x < width; x++, i++) {
      if (labels[i] === 0) continue;
      const extent = extents[labels[i]];
      const at = x + shift;
      if (at < extent.from) extent.from = at;
      if (at + 1 > extent.to) extent.to = at + 1;
    }
  }
  return extents;
}
