import { type Grid, larger } from '../raster/grid.ts';
import { negate } from '../raster/morphology.ts';
import { floats } from '../raster/scratch.ts';

/** Growth of less than this, in pixels, does not show. */
const PIXELS_MIN = 0.02;

/**
 * Makes strokes thicker (positive) or thinner (negative) by `pixels` on each side. The grid must leave that much room
 * around the ink.
 */
export function growStroke(grid: Grid, pixels: number): Grid {
  if (pixels < 0) return negate(growStroke(negate(grid), -pixels));
  let grown = grid;
  for (let left = pixels, pass = 0; left > PIXELS_MIN; left--, pass++) {
    grown = growPixel(grown, { share: Math.min(1, left), corners: pass % 2 === 1 });
  }
  return grown;
}

/** One pixel of growth, blended in by its share. Crosses and squares in turn make a near circle. */
function growPixel(
  { values, width, height }: Grid,
  { share, corners }: { share: number; corners: boolean },
): Grid {
  const out = floats(values.length);
  for (let y = 0, i = 0; y < height; y++) {
    const up = y > 0 ? width : 0;
    const down = y + 1 < height ? width : 0;
    for (let x = 0; x < width; x++, i++) {
      const left = x > 0 ? 1 : 0;
      const right = x + 1 < width ? 1 : 0;
      const here = values[i];
      let best = larger(larger(here, values[i - up]), values[i + down]);
      best = larger(larger(best, values[i - left]), values[i + right]);
      if (corners) {
        best = larger(larger(best, values[i - up - left]), values[i - up + right]);
        best = larger(larger(best, values[i + down - left]), values[i + down + right]);
      }
      out[i] = here + (best - here) * share;
    }
  }
  return { values: out, width, height };
}
