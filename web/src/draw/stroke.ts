import { getStroke } from 'perfect-freehand';
import type { PenWidth, Stroke } from '../state/sheet.ts';

/** The sheet is 28 × 28 squares of 10 units: strokes are stored in these units, whatever the screen shows. */
export const SHEET_UNITS = 280;
export const SHEET_SQUARES = 28;

export const PEN_DIAMETERS_UNITS: Record<PenWidth, number> = { fine: 9, medium: 15, broad: 23 };

/** The longer side of the box around all strokes, in sheet units. */
export function inkExtent(strokes: readonly Stroke[]): number {
  let [left, top, right, bottom] = [SHEET_UNITS, SHEET_UNITS, 0, 0];
  for (const { points } of strokes) {
    for (const [x, y] of points) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return Math.max(0, right - left, bottom - top);
}

/** The stroke's closed outline in sheet units. `finished` is false while the pen is still down. */
export function strokeOutline(stroke: Stroke, finished = true): Path2D {
  const outline = getStroke(
    stroke.points.map(([x, y, pressure]) => [x, y, pressure]),
    {
      size: PEN_DIAMETERS_UNITS[stroke.pen],
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
