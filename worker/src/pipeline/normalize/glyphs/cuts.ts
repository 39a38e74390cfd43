import type { Detail } from './detail.ts';
import type { Group } from './groups.ts';
import type { Writing } from './writing.ts';

/** Slants of cuts beside that of the writing. */
const LEANS = [-0.4, -0.2, 0, 0.2, 0.4];
/** Cuts lie this far apart, and this far from the ends, as a share of the height. */
const APART_MIN = 0.12;
const END_MIN = 0.08;
/** A cut goes through at most this share of the height of ink. */
const INK_MAX = 0.6;
/** What a cut costs that leans otherwise than the writing, beside the ink in its way, as a share of the height. */
const LEAN_COST = 0.08;
/** Most cuts of one group. */
const CUTS_MAX = 24;

/** A straight line from top to bottom. `x` at the grid's foot, leaning to the right by `lean` for each pixel up. */
export interface Cut {
  x: number;
  lean: number;
}

/** Where a group may be cut into digits, from left to right: where little ink lies in the way. */
export function findCuts(group: Group, detail: Detail, { height, slant }: Writing): Cut[] {
  const { labels, ink } = detail;
  const isOurs = new Uint8Array(detail.components.length + 1);
  for (const { label } of group.components) isOurs[label] = 1;
  const middleY = (group.top + group.bottom) / 2;
  const found: (Cut & { cost: number; middle: number })[] = [];
  const first = group.from + END_MIN * height;
  const last = group.to - END_MIN * height;
  for (const extra of LEANS) {
    const lean = slant + extra;
    // All lines pass the middle of the group at the same places, whatever they lean.
    for (let at = Math.ceil(first); at <= last; at++) {
      const middle = at - slant * (middleY - ink.height);
      let inkAlong = 0;
      for (let y = group.top; y < group.bottom; y++) {
        const x = Math.round(middle - lean * (y - middleY));
        if (x < 0 || x >= ink.width) continue;
        if (isOurs[labels[y * ink.width + x]] === 1) inkAlong++;
      }
      const cost = inkAlong / height + LEAN_COST * Math.abs(extra);
      if (inkAlong > INK_MAX * height) continue;
      found.push({ x: middle - lean * (ink.height - middleY), lean, cost, middle: at });
    }
  }
  found.sort((a, b) => a.cost - b.cost);
  const cuts: typeof found = [];
  for (const cut of found) {
    if (cuts.length === CUTS_MAX) break;
    if (cuts.every(({ middle }) => Math.abs(middle - cut.middle) >= APART_MIN * height)) cuts.push(cut);
  }
  return cuts.sort((a, b) => a.middle - b.middle);
}
