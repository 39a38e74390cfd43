import type { Grid } from './grid.ts';
import { floats } from './scratch.ts';

/** Cells along the long side: enough to follow a shadow, few enough to cost little. */
const CELLS_ACROSS = 24;

/** Means over square cells: a grid so coarse that strokes fade and what they lie on stays. */
export interface Cells extends Grid {
  /** Side of a cell in pixels. */
  side: number;
}

/** Averages a grid over square cells, the last ones over what is left of the grid. */
export function cellMeans({ values, width, height }: Grid): Cells {
  const side = Math.max(1, Math.round(Math.max(width, height) / CELLS_ACROSS));
  if (side === 1) return { values, width, height, side };
  const columns = Math.ceil(width / side);
  const rows = Math.ceil(height / side);
  const means = floats(columns * rows);
  for (let row = 0, cell = 0; row < rows; row++) {
    const top = row * side;
    const bottom = Math.min(height, top + side);
    for (let left = 0; left < width; left += side, cell++) {
      const right = Math.min(width, left + side);
      let sum = 0;
      for (let y = top; y < bottom; y++) {
        for (let at = y * width + left, end = y * width + right; at < end; at = (at + 1) | 0)
          sum += values[at];
      }
      means[cell] = sum / ((bottom - top) * (right - left));
    }
  }
  return { values: means, width: columns, height: rows, side };
}
