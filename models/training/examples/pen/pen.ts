import type { Random } from '../random.ts';
import type { Strokes } from './strokes.ts';
import { createWarp } from './warp.ts';

/** Height for each width of the narrowest strokes that are stretched to a whole square: a one would be a blot. */
const NARROWEST = 2.8;

/** Ink coverage 0…1 on a page. */
export interface Drawing {
  coverage: Float32Array;
  width: number;
  height: number;
}

interface Page {
  width: number;
  height: number;
  /** Height or width of the drawing, the longer of the two, in pixels. */
  size: number;
  /** Share of `size` that may run over the page's edge. */
  overhang: number;
  /** How far the strokes are stretched to a square: 0 not at all, 1 until they are as wide as high. */
  squareness?: number;
}

/** What draws: `offset` and `radius` are shares of the drawing's extent, `softness` is in pixels. */
export interface Pen {
  /** Whether the strokes keep their shape, thickened or thinned by `offset`, or a pen of one width follows their middle line. */
  ownShape: boolean;
  offset: number;
  radius: number;
  softness: number;
  /** How far a stroke strays, as a share of the extent. */
  wobble: number;
}

export function choosePen(random: Random): Pen {
  return {
    ownShape: random.chance(0.5),
    offset: random.uniform(-0.5, 0.7) / 20,
    radius: Math.exp(random.uniform(Math.log(0.014), Math.log(0.11))),
    softness: random.uniform(0.5, 1.5),
    wobble: random.chance(0.6) ? random.uniform(0, 0.035) : 0,
  };
}

/** Draws strokes at a random place of a page, with a random slant and turn and a random pen. */
export function drawStrokes(strokes: Strokes, page: Page, random: Random, pen = choosePen(random)): Drawing {
  const { box } = strokes;
  const extent = Math.max(box.right - box.left, box.bottom - box.top);
  const scale = page.size / extent;
  const place = chooseAffine(strokes, page, scale, random);
  const warp = createWarp(random, pen.wobble);
  const offset = pen.offset * extent;
  const thinnest = Math.max(0.6 / scale, 0.012 * extent);
  const radius = Math.max(thinnest, pen.radius * extent);

  const coverage = new Float32Array(page.width * page.height);
  const point = new Float64Array(2);
  const shift = new Float64Array(2);
  // The warp and the pen stay within this margin around the box; the rest of the page is empty.
  const margin = 0.25 * extent;
  for (let y = 0; y < page.height; y++) {
    for (let x = 0; x < page.width; x++) {
      place(x + 0.5, y + 0.5, point);
      let [u, v] = [point[0]!, point[1]!];
      if (u < box.left - margin || u > box.right + margin || v < box.top - margin || v > box.bottom + margin)
        continue;
      warp((u - box.left) / extent, (v - box.top) / extent, shift);
      u += shift[0]! * extent;
      v += shift[1]! * extent;
      const spine = radius - sample(strokes.spine, strokes, u, v);
      const depth = pen.ownShape
        ? Math.max(sample(strokes.edge, strokes, u, v) + offset, thinnest - radius + spine)
        : spine;
      coverage[y * page.width + x] = Math.min(1, Math.max(0, (depth * scale) / pen.softness + 0.5));
    }
  }
  return { coverage, width: page.width, height: page.height };
}

/** A map from page pixels to mask pixels that puts the strokes at a random place on the page. */
function chooseAffine(strokes: Strokes, page: Page, scale: number, random: Random) {
  const { box } = strokes;
  const turn = random.normal() * 0.1;
  const slant = random.normal() * 0.12;
  const aspect = Math.min(NARROWEST, (box.bottom - box.top) / (box.right - box.left));
  const square = Math.sqrt(aspect) ** (page.squareness ?? 0);
  const stretch = Math.exp(random.normal() * 0.08) * square;
  const halfWidth = ((box.right - box.left) * scale * stretch) / 2;
  const halfHeight = ((box.bottom - box.top) * scale) / stretch / 2;
  const cx = choosePlace(halfWidth, page.width, page, random);
  const cy = choosePlace(halfHeight, page.height, page, random);
  const mx = (box.left + box.right) / 2;
  const my = (box.top + box.bottom) / 2;
  const cos = Math.cos(turn) / scale;
  const sin = Math.sin(turn) / scale;
  return (x: number, y: number, out: Float64Array): void => {
    const dx = x - cx;
    const dy = y - cy;
    const u = (cos * dx + sin * dy) / stretch;
    const v = (cos * dy - sin * dx) * stretch;
    out[0] = mx + u + slant * v;
    out[1] = my + v;
  };
}

function choosePlace(half: number, side: number, page: Page, random: Random): number {
  const room = side / 2 - half * 1.08 + page.overhang * half;
  return side / 2 + (room > 0 ? random.uniform(-room, room) : 0);
}

/** Bilinear. Outside the grid, the distance to the grid is added. */
function sample(field: Float32Array, { width, height, detail }: Strokes, u: number, v: number): number {
  const x = u * detail - 0.5;
  const y = v * detail - 0.5;
  const cx = Math.min(width - 1.001, Math.max(0, x));
  const cy = Math.min(height - 1.001, Math.max(0, y));
  const i = Math.floor(cx);
  const j = Math.floor(cy);
  const s = cx - i;
  const t = cy - j;
  const at = j * width + i;
  const inside =
    (field[at]! * (1 - s) + field[at + 1]! * s) * (1 - t) +
    (field[at + width]! * (1 - s) + field[at + width + 1]! * s) * t;
  const away = Math.hypot(x - cx, y - cy) / detail;
  return away === 0 ? inside : inside < 0 ? inside - away : inside + away;
}
