import type { Layer } from './layer.ts';
import { drawPath } from './lines.ts';

interface Rules {
  /** Between two lines, in pixels. */
  gap: number;
  /** Where one of the lines begins, in pixels from the top (and from the left, for the columns). */
  at: number;
  /** Of a line, in pixels. */
  thickness: number;
  /** Pixels down for each pixel to the right. */
  lean: number;
  squared: boolean;
}

/** Prints the lines of ruled or squared paper. */
export function drawRules(print: Layer, { gap, at, thickness, lean, squared }: Rules): void {
  const { width, height } = print;
  for (let y = (at % gap) - 2 * gap; y < height + 2 * gap; y += gap) {
    drawPath(
      print,
      [
        [-5, y],
        [width + 5, y + lean * width],
      ],
      thickness / 2,
    );
  }
  for (let x = (at % gap) - 2 * gap; squared && x < width + 2 * gap; x += gap) {
    drawPath(
      print,
      [
        [x, -5],
        [x - lean * height, height + 5],
      ],
      thickness / 2,
    );
  }
}

interface Cells {
  left: number;
  top: number;
  width: number;
  height: number;
  columns: number;
  rows: number;
  /** Of a line, in pixels. */
  thickness: number;
}

/** Prints the lines of a table. `left` and `top` are those of the whole, `width` and `height` those of one cell. */
export function drawCells(print: Layer, { left, top, width, height, columns, rows, thickness }: Cells): void {
  const [right, bottom] = [left + columns * width, top + rows * height];
  for (let k = 0; k <= columns; k++) {
    const x = left + k * width;
    drawPath(
      print,
      [
        [x, top],
        [x, bottom],
      ],
      thickness / 2,
    );
  }
  for (let k = 0; k <= rows; k++) {
    const y = top + k * height;
    drawPath(
      print,
      [
        [left, y],
        [right, y],
      ],
      thickness / 2,
    );
  }
}
