import type { Grid } from '../raster/grid.ts';
import { longSide, type Region } from '../raster/region.ts';
import { floats, integers, type Scratch } from '../raster/scratch.ts';

/** Side of the network's input in pixels. */
const OUTPUT_SIDE = 28;
/** Side of the box within it that digits fill. */
export const BOX_SIDE = 20;
/** Ink that counts for the box: fainter edges may stick out. */
const BOX_LEVEL = 0.25;
/** The pixel on which MNIST's digits have their centre of mass, to half a pixel. */
const CENTRE = 14;

/** Ink's centre of mass, in pixel indices. */
function centreOfMass({ values, width, height }: Grid): { x: number; y: number } {
  let mass = 0;
  let sumX = 0;
  let sumY = 0;
  for (let y = 0, i = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++, i++) {
      row += values[i];
      sumX += values[i] * x;
    }
    mass += row;
    sumY += row * y;
  }
  return { x: sumX / mass, y: sumY / mass };
}

/** Whether any of the ink is more than a faint edge: without, it has no box. */
export function hasBox({ values }: Grid): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] > BOX_LEVEL) return true;
  return false;
}

/** The smallest rectangle that holds all ink but its faintest edges: there is such a box, see `hasBox`. */
export function inkBounds({ values, width, height }: Grid): Region {
  const bounds: Region = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (values[i] <= BOX_LEVEL) continue;
      if (x < bounds.left) bounds.left = x;
      if (x >= bounds.right) bounds.right = x + 1;
      if (y < bounds.top) bounds.top = y;
      bounds.bottom = y + 1;
    }
  }
  return bounds;
}

/**
 * Scales ink to fit the 20×20 box and lays its centre of mass onto the middle of 28×28. Ink that fits already is only
 * moved, by whole pixels, so that what looks like MNIST stays as it is.
 */
export function place(ink: Grid): Grid {
  const side = longSide(inkBounds(ink));
  const fits = side === BOX_SIDE || side === BOX_SIDE - 1;
  const scale = fits ? 1 : BOX_SIDE / side;
  const { x, y } = centreOfMass(ink);
  const columns = weights(fits ? Math.round(x) : x, scale, ink.width);
  const rows = weights(fits ? Math.round(y) : y, scale, ink.height);
  return resample(ink, columns, rows);
}

/** Locals in place of properties, and `| 0`: this loop takes half the time with them. */
function resample({ values, width, height }: Grid, columns: Weights, rows: Weights): Grid {
  const { from, shares, taps } = columns;
  const wide = floats(OUTPUT_SIDE * height);
  for (let row = 0, to = 0, start = 0; row < height; row++, start = (start + width) | 0) {
    let share = 0;
    for (let column = 0; column < OUTPUT_SIDE; column++, to++) {
      let sum = 0;
      let at = (start + from[column]) | 0;
      for (let tap = 0; tap < taps; tap++) {
        sum += shares[share] * values[at];
        share = (share + 1) | 0;
        at = (at + 1) | 0;
      }
      wide[to] = sum;
    }
  }
  const placed = floats(OUTPUT_SIDE * OUTPUT_SIDE);
  for (let row = 0; row < OUTPUT_SIDE; row++) {
    for (let tap = 0; tap < rows.taps; tap++) {
      const share = rows.shares[row * rows.taps + tap];
      if (share === 0) continue;
      let at = ((rows.from[row] + tap) * OUTPUT_SIDE) | 0;
      for (let to = row * OUTPUT_SIDE, end = to + OUTPUT_SIDE; to < end; to++) {
        placed[to] += share * wide[at];
        at = (at + 1) | 0;
      }
    }
  }
  return { values: placed, width: OUTPUT_SIDE, height: OUTPUT_SIDE };
}

/** For each output pixel its first source pixel and the shares of the `taps` pixels from there, all inside the source. */
interface Weights {
  from: Scratch<Int32Array>;
  shares: Scratch<Float32Array>;
  taps: number;
}

/** Half width of a reducing triangle, in output pixels: less would alias, more would blur. */
const TRIANGLE_RADIUS = 0.75;

/** Weights of a triangle as wide as the reduction needs: it anti-aliases, and copies at scale 1. */
function weights(start: number, scale: number, size: number): Weights {
  const radius = Math.max(1, TRIANGLE_RADIUS / scale);
  const wanted = Math.ceil(2 * radius);
  const taps = Math.min(wanted, size);
  const from = integers(OUTPUT_SIDE);
  const shares = floats(OUTPUT_SIDE * taps);
  for (let output = 0; output < OUTPUT_SIDE; output++) {
    const at = start + (output - CENTRE) / scale;
    const first = Math.ceil(at - radius);
    let total = 0;
    for (let tap = 0; tap < wanted; tap++) total += Math.max(0, 1 - Math.abs(first + tap - at) / radius);
    const inside = Math.max(0, Math.min(size - taps, first));
    from[output] = inside;
    for (let tap = 0; tap < taps; tap++)
      shares[output * taps + tap] = Math.max(0, 1 - Math.abs(inside + tap - at) / radius) / total;
  }
  return { from, shares, taps };
}
