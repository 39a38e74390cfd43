import { type Grid, longSide, type Region } from '../raster/grid.ts';
import { floats, integers } from '../raster/scratch.ts';

const outputSide = 28;
/** Digits fit into this box within it. */
export const digitBox = 20;
/** Ink that counts for the box: fainter edges may stick out. */
const boxLevel = 0.25;
/** The pixel on which MNIST's digits have their centre of mass, to half a pixel. */
const centre = 14;

/** Ink's centre of mass, in pixel indices. */
function centreOfMass({ values, width, height }: Grid): { x: number; y: number } {
  let mass = 0;
  let sumX = 0;
  let sumY = 0;
  for (let y = 0, i = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++, i++) {
      row += values[i]!;
      sumX += values[i]! * x;
    }
    mass += row;
    sumY += row * y;
  }
  return { x: sumX / mass, y: sumY / mass };
}

/** The smallest rectangle that holds all ink but its faintest edges. */
export function inkBounds({ values, width, height }: Grid): Region {
  const bounds: Region = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (values[i]! <= boxLevel) continue;
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
  const fits = side === digitBox || side === digitBox - 1;
  const scale = fits ? 1 : digitBox / side;
  const { x, y } = centreOfMass(ink);
  const columns = weights(fits ? Math.round(x) : x, scale, ink.width);
  const rows = weights(fits ? Math.round(y) : y, scale, ink.height);
  return resample(ink, columns, rows);
}

/** Locals, not properties, and `| 0`: this loop takes half the time with them. */
function resample({ values, width, height }: Grid, columns: Weights, rows: Weights): Grid {
  const { from, shares, taps } = columns;
  const wide = floats(outputSide * height);
  for (let row = 0, to = 0, start = 0; row < height; row++, start = (start + width) | 0) {
    let share = 0;
    for (let column = 0; column < outputSide; column++, to++) {
      let sum = 0;
      let at = (start + from[column]!) | 0;
      for (let tap = 0; tap < taps; tap++) {
        sum += shares[share]! * values[at]!;
        share = (share + 1) | 0;
        at = (at + 1) | 0;
      }
      wide[to] = sum;
    }
  }
  const placed = floats(outputSide * outputSide);
  for (let row = 0; row < outputSide; row++) {
    for (let tap = 0; tap < rows.taps; tap++) {
      const share = rows.shares[row * rows.taps + tap]!;
      if (share === 0) continue;
      let at = ((rows.from[row]! + tap) * outputSide) | 0;
      for (let to = row * outputSide, end = to + outputSide; to < end; to++) {
        placed[to]! += share * wide[at]!;
        at = (at + 1) | 0;
      }
    }
  }
  return { values: placed, width: outputSide, height: outputSide };
}

/** For each output pixel its first source pixel and the shares of the `taps` pixels from there, all inside the source. */
interface Weights {
  from: Int32Array;
  shares: Float32Array;
  taps: number;
}

/** A triangle as wide as the reduction needs: it anti-aliases, and copies at scale 1. */
function weights(start: number, scale: number, size: number): Weights {
  const radius = Math.max(1, 0.75 / scale);
  const wanted = Math.ceil(2 * radius);
  const taps = Math.min(wanted, size);
  const from = integers(outputSide);
  const shares = floats(outputSide * taps);
  for (let output = 0; output < outputSide; output++) {
    const at = start + (output - centre) / scale;
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
