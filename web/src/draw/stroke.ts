import { getStroke } from 'perfect-freehand';
import type { PenWidth, Stroke } from '../state/sheet.ts';

/** The sheet is 28 × 28 squares of 10 units: strokes are stored in these units, whatever the screen shows. */
export const SHEET_UNITS = 280;
export const SHEET_SQUARES = 28;

export const PEN_DIAMETERS_UNITS: Record<PenWidth, number> = { fine: 9, medium: 15, broad: 23 };

/** The box around the points of strokes, in sheet units. */
export interface Extent {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The box around all points of these strokes; inside out without any. */
export function extentOf(strokes: readonly Stroke[]): Extent {
  const { POSITIVE_INFINITY: most, NEGATIVE_INFINITY: least } = Number;
  const extent: Extent = { left: most, right: least, top: most, bottom: least };
  for (const { points } of strokes) {
    for (const [x, y] of points) {
      extent.left = Math.min(extent.left, x);
      extent.right = Math.max(extent.right, x);
      extent.top = Math.min(extent.top, y);
      extent.bottom = Math.max(extent.bottom, y);
    }
  }
  return extent;
}

/** The longer side of the box around all strokes, in sheet units; zero without any. */
export function inkExtent(strokes: readonly Stroke[]): number {
  const { left, right, top, bottom } = extentOf(strokes);
  return Math.max(0, right - left, bottom - top);
}

/**
 * The stroke's closed outline in sheet units, as of a pen of this diameter. `finished` is false while the pen is still down.
 */
export function strokeOutline(
  stroke: Stroke,
  { diameter = PEN_DIAMETERS_UNITS[stroke.pen], finished = true } = {},
): Path2D {
  const outline = getStroke(
    stroke.points.map(([x, y, pressure]) => [x, y, pressure]),
    {
      size: diameter,
      thinning: stroke.pressed ? 0.5 : 0.25,
      smoothing: 0.5,
      streamline: 0.4,
      simulatePressure: !stroke.pressed,
      last: finished,
    },
  );
  const path = new Path2D();
  outline.forEach(([x, y], index) => {
    const [nextX, nextY] = outline[(index + 1) % outline.length]!;
    // Through the midpoints, so that the outline has no corners.
    if (index === 0) path.moveTo((x + nextX) / 2, (y + nextY) / 2);
    else path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
  });
  path.closePath();
  return path;
}
