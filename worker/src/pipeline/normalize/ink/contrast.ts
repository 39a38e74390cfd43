import type { Grid } from '../raster/grid.ts';
import type { Planes } from '../raster/reduce.ts';
import { floats } from '../raster/scratch.ts';

/** The long side divided by this is about a stroke's width: pixels that far apart are compared. */
const STROKES_ACROSS = 12;
/** Grey, near enough to luminance: where the search for the axis begins. */
const GREY: Axis = [0.35, 0.45, 0.2];
/** By then the axis has settled on the main one, wherever that stands out. */
const ITERATIONS = 12;

/**
 * Makes grey of colour so that ink stands out most: along the colour axis on which pixels differ most from their
 * surroundings. Plain luminance hides yellow on white and blue on black. The grey lies in 0…255.
 */
export function inkContrast(colours: Planes): { grey: Grid; axis: Axis } {
  const axis: Axis = colours.planes.length === 3 ? contrastAxis(colours) : [1, 0, 0];
  return { grey: alongAxis(colours, axis), axis };
}

/** Grey of colour planes along a given axis, in 0…255. */
export function alongAxis({ planes, width, height }: Planes, [r, g, b]: Axis): Grid {
  const [red, green, blue] = planes;
  if (planes.length === 1) return { values: red, width, height };
  const offset = 255 * (Math.max(0, -r) + Math.max(0, -g) + Math.max(0, -b));
  const values = floats(width * height);
  for (let i = 0; i < values.length; i++) values[i] = red[i] * r + green[i] * g + blue[i] * b + offset;
  return { values, width, height };
}

/** Weights of red, green and blue. */
export type Axis = [number, number, number];

/** Main axis of the differences between pixels a stroke's width apart, scaled to |r| + |g| + |b| = 1. */
function contrastAxis({ planes, width, height }: Planes): Axis {
  const step = Math.max(2, Math.round(Math.max(width, height) / STROKES_ACROSS));
  const covariance: Covariance = [0, 0, 0, 0, 0, 0];
  const [red, green, blue] = planes;
  const add = (i: number, j: number) => {
    const r = red[i] - red[j];
    const g = green[i] - green[j];
    const b = blue[i] - blue[j];
    // Weighing by the difference itself keeps noise and gradients, many but small, from outvoting few ink pixels.
    const weight = r * r + g * g + b * b;
    covariance[0] += weight * r * r;
    covariance[1] += weight * r * g;
    covariance[2] += weight * r * b;
    covariance[3] += weight * g * g;
    covariance[4] += weight * g * b;
    covariance[5] += weight * b * b;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (x + step < width) add(i, i + step);
      if (y + step < height) add(i, i + step * width);
    }
  }
  return mainAxis(covariance);
}

/** Of red, green and blue: rr, rg, rb, gg, gb, bb. */
type Covariance = [number, number, number, number, number, number];

/** Power iteration from grey, which stays the axis where no colour differs. */
function mainAxis([rr, rg, rb, gg, gb, bb]: Covariance): Axis {
  let axis = GREY;
  for (let i = 0; i < ITERATIONS; i++) {
    const [r, g, b] = axis;
    const next: Axis = [rr * r + rg * g + rb * b, rg * r + gg * g + gb * b, rb * r + gb * g + bb * b];
    const size = Math.abs(next[0]) + Math.abs(next[1]) + Math.abs(next[2]);
    if (size < 1e-9) break;
    axis = [next[0] / size, next[1] / size, next[2] / size];
  }
  return axis[0] + axis[1] + axis[2] < 0 ? [-axis[0], -axis[1], -axis[2]] : axis;
}
