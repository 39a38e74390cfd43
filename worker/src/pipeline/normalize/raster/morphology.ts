import type { Grid } from './grid.ts';
import { floats } from './scratch.ts';

/** The smallest value within a square window, which is cut at the grid's edge. */
export function erode(grid: Grid, radius: number): Grid {
  return negate(dilate(negate(grid), radius));
}

/** The largest value within a square window, which is cut at the grid's edge. */
export function dilate(grid: Grid, radius: number): Grid {
  return dilateColumns(dilateColumns(grid, radius), radius);
}

/** The same grid with every value's sign turned: what grows in one shrinks in the other. */
export function negate({ values, width, height }: Grid): Grid {
  const turned = floats(values.length);
  for (let i = 0; i < turned.length; i++) turned[i] = -values[i]!;
  return { values: turned, width, height };
}

/** Dilates along columns and answers the transposed grid, so that applying it twice covers both directions. */
function dilateColumns({ values, width, height }: Grid, radius: number): Grid {
  const out = floats(width * height);
  for (let y = 0; y < height; y++) {
    const from = Math.max(0, y - radius) * width;
    const to = Math.min(height - 1, y + radius) * width;
    for (let x = 0; x < width; x++) {
      let best = values[from + x]!;
      for (let at = from + width + x; at <= to + x; at += width) {
        if (values[at]! > best) best = values[at]!;
      }
      out[x * height + y] = best;
    }
  }
  return { values: out, width: height, height: width };
}
