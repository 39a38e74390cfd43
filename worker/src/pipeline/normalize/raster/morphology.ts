import type { Grid } from './grid.ts';
import { floats } from './scratch.ts';

/** The smallest value within a square window of 2 × radius + 1 pixels, which is cut at the grid's edge. */
export function erode(grid: Grid, radius: number): Grid {
  return negate(dilate(negate(grid), radius));
}

/** The largest value within a square window of 2 × radius + 1 pixels, which is cut at the grid's edge. */
export function dilate(grid: Grid, radius: number): Grid {
  return dilateColumns(dilateColumns(grid, radius), radius);
}

/** Turns every value's sign: what grows in the result shrinks in the grid. */
export function negate({ values, width, height }: Grid): Grid {
  const negated = floats(values.length);
  for (let i = 0; i < negated.length; i++) negated[i] = -values[i];
  return { values: negated, width, height };
}

/** Dilates along columns and returns the transposed grid, so that two calls cover both directions. */
function dilateColumns({ values, width, height }: Grid, radius: number): Grid {
  const out = floats(width * height);
  for (let y = 0; y < height; y++) {
    const from = Math.max(0, y - radius) * width;
    const to = Math.min(height - 1, y + radius) * width;
    for (let x = 0; x < width; x++) {
      let best = values[from + x];
      for (let at = from + width + x; at <= to + x; at += width) {
        if (values[at] > best) best = values[at];
      }
      out[x * height + y] = best;
    }
  }
  return { values: out, width: height, height: width };
}
