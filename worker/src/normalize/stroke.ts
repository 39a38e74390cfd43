import type { Grid } from './grid.ts';

/** Mean stroke thickness in pixels: ink divided by half of its outline. Soft edges count by their ink. */
export function strokeThickness({ values, width, height }: Grid): number {
  let mass = 0;
  let outline = 0;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const value = values[i]!;
      const right = x + 1 < width ? values[i + 1]! : 0;
      const below = y + 1 < height ? values[i + width]! : 0;
      mass += value;
      if (value !== right || value !== below) outline += Math.hypot(value - right, value - below);
      if (x === 0) outline += value;
      if (y === 0) outline += value;
    }
  }
  return outline > 0 ? (2 * mass) / outline : 0;
}

/**
 * Makes strokes thicker (positive) or thinner (negative) by so many pixels on each side. The grid must leave that much
 * room around the ink.
 */
export function growStroke(grid: Grid, pixels: number): Grid {
  const pick = pixels > 0 ? Math.max : Math.min;
  let grown = grid;
  for (let left = Math.abs(pixels), pass = 0; left > 0.02; left--, pass++) {
    grown = step(grown, { share: Math.min(1, left), pick, corners: pass % 2 === 1 });
  }
  return grown;
}

interface Step {
  share: number;
  pick: (...values: number[]) => number;
  corners: boolean;
}

/** One pixel of growth, blended in by its share. Crosses and squares in turn make a near circle. */
function step({ values, width, height }: Grid, { share, pick, corners }: Step): Grid {
  const out = new Float32Array(values.length);
  for (let y = 0, i = 0; y < height; y++) {
    const up = y > 0 ? -width : 0;
    const down = y + 1 < height ? width : 0;
    for (let x = 0; x < width; x++, i++) {
      const left = x > 0 ? -1 : 0;
      const right = x + 1 < width ? 1 : 0;
      const here = values[i]!;
      let best = pick(here, values[i + up]!, values[i + down]!, values[i + left]!, values[i + right]!);
      if (corners) {
        best = pick(
          best,
          values[i + up + left]!,
          values[i + up + right]!,
          values[i + down + left]!,
          values[i + down + right]!,
        );
      }
      out[i] = here + (best - here) * share;
    }
  }
  return { values: out, width, height };
}
