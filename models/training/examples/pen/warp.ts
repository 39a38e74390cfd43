import type { Random } from '../random.ts';

/** Displacements are drawn at the corners of this many cells a side, and interpolated between. */
const CELLS = 4;

/** Displaces a point of the drawing. Each axis runs over 0…1; `out` takes the displacement in the same units. */
export type Warp = (x: number, y: number, out: Float64Array) => void;

/** A smooth random displacement of about `amplitude` (a share of the drawing's side). */
export function createWarp(random: Random, amplitude: number): Warp {
  const field = Float64Array.from({ length: 2 * (CELLS + 1) ** 2 }, () => random.normal() * amplitude);
  return (x, y, out) => {
    const u = Math.min(CELLS - 1e-6, Math.max(0, x * CELLS));
    const v = Math.min(CELLS - 1e-6, Math.max(0, y * CELLS));
    const i = Math.floor(u);
    const j = Math.floor(v);
    const s = ease(u - i);
    const t = ease(v - j);
    const at = 2 * (j * (CELLS + 1) + i);
    const below = at + 2 * (CELLS + 1);
    for (let k = 0; k < 2; k++) {
      const upper = field[at + k]! * (1 - s) + field[at + 2 + k]! * s;
      const lower = field[below + k]! * (1 - s) + field[below + 2 + k]! * s;
      out[k] = upper * (1 - t) + lower * t;
    }
  };
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}
