import type { Point, Stroke } from '../state/sheet.ts';
import { PEN_DIAMETERS_UNITS } from './stroke.ts';

/** A fingertip is no fine point: strokes within this distance are touched. */
const REACH_UNITS = 4;

/** Takes away each of `strokes` that the eraser touches on its way. */
export function createEraser(strokes: readonly Stroke[]) {
  let left = strokes;
  let tested = 0;
  return {
    /** `path` is the eraser's way so far. */
    touch(path: readonly Point[]): void {
      const fresh = path.slice(Math.max(0, tested - 1));
      tested = path.length;
      const rest = left.filter((stroke) => !touches(fresh, stroke));
      if (rest.length < left.length) left = rest;
    },
    /** What the eraser has not touched; the same array until it touches something. */
    left: () => left,
  };
}
export type Eraser = ReturnType<typeof createEraser>;

function touches(path: readonly Point[], stroke: Stroke): boolean {
  const reach = REACH_UNITS + PEN_DIAMETERS_UNITS[stroke.pen] / 2;
  return segments(path).some(([a, b]) =>
    segments(stroke.points).some(([c, d]) => segmentDistance(a, b, c, d) <= reach),
  );
}

/** From each point to the next; of a dot, from it to itself. */
function segments(points: readonly Point[]): [Point, Point][] {
  if (points.length === 1) return [[points[0]!, points[0]!]];
  return points.slice(1).map((point, index) => [points[index]!, point]);
}

function segmentDistance(a: Point, b: Point, c: Point, d: Point): number {
  if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return 0;
  return Math.min(
    pointDistance(a, c, d),
    pointDistance(b, c, d),
    pointDistance(c, a, b),
    pointDistance(d, a, b),
  );
}

/** On which side of the line through `a` and `b` the point lies. */
function side(a: Point, b: Point, point: Point): number {
  return (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]);
}

function pointDistance(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const along = (point[0] - a[0]) * dx + (point[1] - a[1]) * dy;
  const share = Math.min(1, Math.max(0, along / (dx * dx + dy * dy || 1)));
  return Math.hypot(point[0] - a[0] - share * dx, point[1] - a[1] - share * dy);
}
