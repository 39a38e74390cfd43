import type { Grid } from './raster/grid.ts';
import type { Point } from './raster/hull.ts';

// Sheets of paper on desks, for tests alone.

/** The corners of a rectangle, turned about its middle, going round clockwise. */
export function corners({
  x,
  y,
  width,
  height,
  degrees,
}: {
  x: number;
  y: number;
  width: number;
  height: number;
  degrees: number;
}): Point[] {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  return [
    { x: -width / 2, y: -height / 2 },
    { x: width / 2, y: -height / 2 },
    { x: width / 2, y: height / 2 },
    { x: -width / 2, y: height / 2 },
  ].map((corner) => ({ x: x + corner.x * cos - corner.y * sin, y: y + corner.x * sin + corner.y * cos }));
}

/** Lays a convex sheet, its corners going round clockwise, over what a grid shows. */
export function lay(desk: Grid, polygon: readonly Point[], level: number): Grid {
  for (let y = 0, i = 0; y < desk.height; y++) {
    for (let x = 0; x < desk.width; x++, i++) {
      const cover = Math.max(0, Math.min(1, depth(polygon, { x: x + 0.5, y: y + 0.5 }) + 0.5));
      desk.values[i] += (level - desk.values[i]) * cover;
    }
  }
  return desk;
}

/** How far inside a convex polygon a place lies; negative outside. */
export function depth(polygon: readonly Point[], { x, y }: Point): number {
  const sides = polygon.map((a, i) => {
    const b = polygon[(i + 1) % polygon.length];
    return ((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x)) / Math.hypot(b.x - a.x, b.y - a.y);
  });
  return Math.min(...sides);
}
