import type { Grid, Region } from './grid.ts';

export const outputSide = 28;
/** The pixel on which MNIST's digits have their centre of mass, to half a pixel. */
const centre = 14;

/** Ink's centre of mass, in pixel indices. */
export function centreOfMass({ values, width, height }: Grid): { x: number; y: number } {
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

/** The smallest rectangle that holds all ink above a level. */
export function inkBounds({ values, width, height }: Grid, level: number): Region {
  const bounds: Region = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (values[i]! <= level) continue;
      if (x < bounds.left) bounds.left = x;
      if (x >= bounds.right) bounds.right = x + 1;
      if (y < bounds.top) bounds.top = y;
      bounds.bottom = y + 1;
    }
  }
  return bounds;
}

/** Scales ink and lays its centre of mass onto the middle of 28×28. At scale 1 it moves by whole pixels only. */
export function place(ink: Grid, scale: number): Grid {
  const { x, y } = centreOfMass(ink);
  const whole = scale === 1;
  const startX = whole ? Math.round(x) : x;
  const startY = whole ? Math.round(y) : y;
  const columns = weights(startX, scale, ink.width);
  const rows = weights(startY, scale, ink.height);
  const wide = new Float32Array(outputSide * ink.height);
  for (let row = 0; row < ink.height; row++) {
    for (const [column, { from, shares }] of columns.entries()) {
      let sum = 0;
      for (let i = 0; i < shares.length; i++) sum += shares[i]! * ink.values[row * ink.width + from + i]!;
      wide[row * outputSide + column] = sum;
    }
  }
  const values = new Float32Array(outputSide * outputSide);
  for (const [row, { from, shares }] of rows.entries()) {
    for (let i = 0; i < shares.length; i++) {
      const share = shares[i]!;
      const source = (from + i) * outputSide;
      for (let column = 0; column < outputSide; column++) values[row * outputSide + column]! += share * wide[source + column]!;
    }
  }
  return { values, width: outputSide, height: outputSide };
}

interface Weights {
  from: number;
  shares: number[];
}

/** For each of the 28 output pixels, the source pixels under a triangle as wide as the reduction needs. */
function weights(start: number, scale: number, size: number): Weights[] {
  const radius = Math.max(1, 0.75 / scale);
  return Array.from({ length: outputSide }, (_, output) => {
    const at = start + (output - centre) / scale;
    const first = Math.ceil(at - radius);
    const last = Math.floor(at + radius);
    let total = 0;
    for (let i = first; i <= last; i++) total += Math.max(0, 1 - Math.abs(i - at) / radius);
    const from = Math.max(0, first);
    const shares: number[] = [];
    for (let i = from; i <= Math.min(last, size - 1); i++) shares.push(Math.max(0, 1 - Math.abs(i - at) / radius) / total);
    return { from, shares };
  });
}
