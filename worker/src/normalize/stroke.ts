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
      if (value !== right || value !== below)
        outline += Math.sqrt((value - right) ** 2 + (value - below) ** 2);
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
  const sign = pixels > 0 ? 1 : -1;
  let grown = grid;
  for (let left = Math.abs(pixels), pass = 0; left > 0.02; left--, pass++) {
    grown = step(grown, { share: Math.min(1, left), sign, corners: pass % 2 === 1 });
  }
  return grown;
}

interface Step {
  share: number;
  sign: 1 | -1;
  corners: boolean;
}

/** One pixel of growth, blended in by its share. Crosses and squares in turn make a near circle. */
function step({ values, width, height }: Grid, { share, sign, corners }: Step): Grid {
  const out = new Float32Array(values.length);
  for (let y = 0, i = 0; y < height; y++) {
    const up = y > 0 ? i - width : i;
    const down = y + 1 < height ? i + width : i;
    for (let x = 0; x < width; x++, i++) {
      const left = x > 0 ? 1 : 0;
      const right = x + 1 < width ? 1 : 0;
      const here = values[i]!;
      let best = sign * here;
      best = Math.max(best, sign * values[up + x]!, sign * values[down + x]!);
      best = Math.max(best, sign * values[i - left]!, sign * values[i + right]!);
      if (corners) {
        best = Math.max(best, sign * values[up + x - left]!, sign * values[up + x + right]!);
        best = Math.max(best, sign * values[down + x - left]!, sign * values[down + x + right]!);
      }
      out[i] = here + (sign * best - here) * share;
    }
  }
  return { values: out, width, height };
}
