import type { Bitmap } from '../bitmap.ts';
import type { Grid } from './raster/grid.ts';

// Bitmaps drawn in code, for tests alone.
type Sheet = Grid;

export function paper(width: number, height: number, level = 255): Sheet {
  return { values: new Float32Array(width * height).fill(level), width, height };
}

type Point = readonly [x: number, y: number];

/** Draws an anti-aliased polyline with round ends, blending towards `ink`. */
export function draw(sheet: Sheet, points: readonly Point[], { thickness = 2, ink = 0 } = {}): Sheet {
  for (let y = 0; y < sheet.height; y++) {
    for (let x = 0; x < sheet.width; x++) {
      let nearest = Infinity;
      for (let i = 0; i + 1 < points.length; i++) {
        nearest = Math.min(nearest, distance([x, y], points[i], points[i + 1]));
      }
      const cover = Math.max(0, Math.min(1, thickness / 2 - nearest + 0.5));
      const at = y * sheet.width + x;
      sheet.values[at] = sheet.values[at] * (1 - cover) + ink * cover;
    }
  }
  return sheet;
}

function distance([x, y]: Point, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const along = ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(x - fromX - share * dx, y - fromY - share * dy);
}

/** The strokes of a 7, in a box of the given place and height. */
export function seven(left: number, top: number, height: number): Point[] {
  return [
    [left, top],
    [left + 0.6 * height, top],
    [left + 0.2 * height, top + height],
  ];
}

/** Multiplies every pixel by the light that falls on it; x and y run from 0 to 1. */
export function lit(sheet: Sheet, light: (x: number, y: number) => number): Sheet {
  for (let y = 0, i = 0; y < sheet.height; y++) {
    for (let x = 0; x < sheet.width; x++, i++) sheet.values[i] *= light(x / sheet.width, y / sheet.height);
  }
  return sheet;
}

/** Adds the same noise on every run. */
export function grain(sheet: Sheet, amplitude: number): Sheet {
  let state = 1;
  for (let i = 0; i < sheet.values.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    sheet.values[i] += (state / 2 ** 31 - 1) * amplitude;
  }
  return sheet;
}

export function inverted(sheet: Sheet): Sheet {
  return { ...sheet, values: sheet.values.map((value) => 255 - value) };
}

export function greyBitmap({ values, width, height }: Sheet): Bitmap {
  return {
    data: Uint8Array.from(values, (value) => Math.max(0, Math.min(255, value))),
    width,
    height,
    channels: 1,
  };
}

/** A bitmap in which black of the sheet becomes `ink` and white becomes `ground`. */
export function colourBitmap(
  { values, width, height }: Sheet,
  ink: readonly number[],
  ground: readonly number[],
): Bitmap {
  const data = new Uint8Array(values.length * 3);
  for (let i = 0; i < data.length; i++) {
    const share = values[Math.floor(i / 3)] / 255;
    data[i] = ground[i % 3] * share + ink[i % 3] * (1 - share);
  }
  return { data, width, height, channels: 3 };
}

/** Mean absolute difference of two 28×28 outputs, in grey levels. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
  return sum / a.length;
}
