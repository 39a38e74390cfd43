import type { Grid } from './grid.ts';

/** Cells along the long side: fine enough to follow a shadow, coarse enough to cost little. */
const cellsAcross = 24;

/** Means over square cells: what polarity and background are told from. */
export interface Cells extends Grid {
  /** Side of a cell in pixels. */
  side: number;
}

export function cellMeans({ values, width, height }: Grid): Cells {
  const side = Math.max(1, Math.round(Math.max(width, height) / cellsAcross));
  if (side === 1) return { values, width, height, side };
  const columns = Math.ceil(width / side);
  const rows = Math.ceil(height / side);
  const means = new Float32Array(columns * rows);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / side) * columns;
    for (let x = 0, c = row, left = side; x < width; x++, i++) {
      means[c]! += values[i]!;
      if (--left === 0) {
        c++;
        left = side;
      }
    }
  }
  for (let r = 0; r < rows; r++) {
    const tall = Math.min(side, height - r * side);
    for (let c = 0; c < columns; c++) means[r * columns + c]! /= tall * Math.min(side, width - c * side);
  }
  return { values: means, width: columns, height: rows, side };
}
