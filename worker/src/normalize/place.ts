import { type Grid, longSide, type Region } from './grid.ts';

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
  const wide = new Float32Array(outputSide * ink.height);
  for (let column = 0; column < outputSide; column++) {
    const first = columns.from[column]!;
    for (let tap = 0; tap < columns.taps; tap++) {
      const share = columns.shares[column * columns.taps + tap]!;
      if (share === 0) continue;
      for (let row = 0, at = first + tap; row < ink.height; row++, at += ink.width) {
        wide[row * outputSide + column]! += share * ink.values[at]!;
      }
    }
  }
  const values = new Float32Array(outputSide * outputSide);
  for (let row = 0; row < outputSide; row++) {
    for (let tap = 0; tap < rows.taps; tap++) {
      const share = rows.shares[row * rows.taps + tap]!;
      if (share === 0) continue;
      const source = (rows.from[row]! + tap) * outputSide;
      for (let column = 0; column < outputSide; column++)
        values[row * outputSide + column]! += share * wide[source + column]!;
    }
  }
  return { values, width: outputSide, height: outputSide };
}

/** For each output pixel its first source pixel and the shares of the `taps` pixels from there; 0 outside the source. */
interface Weights {
  from: Int32Array;
  shares: Float32Array;
  taps: number;
}

/** A triangle as wide as the reduction needs: it anti-aliases, and copies at scale 1. */
function weights(start: number, scale: number, size: number): Weights {
  const radius = Math.max(1, 0.75 / scale);
  const taps = Math.ceil(2 * radius) + 1;
  const from = new Int32Array(outputSide);
  const shares = new Float32Array(outputSide * taps);
  for (let output = 0; output < outputSide; output++) {
    const at = start + (output - centre) / scale;
    const first = Math.ceil(at - radius);
    from[output] = first;
    let total = 0;
    for (let tap = 0; tap < taps; tap++) total += Math.max(0, 1 - Math.abs(first + tap - at) / radius);
    for (let tap = 0; tap < taps; tap++) {
      const source = first + tap;
      if (source < 0 || source >= size) continue;
      shares[output * taps + tap] = Math.max(0, 1 - Math.abs(source - at) / radius) / total;
    }
  }
  return { from, shares, taps };
}
