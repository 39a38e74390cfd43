import { getStroke } from 'perfect-freehand';

/** The sheet is 28 × 28 squares of 10 units: strokes are kept in these units, whatever the screen shows. */
export const SHEET_UNITS = 280;
export const SHEET_SQUARES = 28;

/** x and y in sheet units, pressure 0…1. */
export type Point = readonly [x: number, y: number, pressure: number];

export type PenWidth = 'fine' | 'medium' | 'broad';

/** Diameters in sheet units. */
export const penDiameters: Record<PenWidth, number> = { fine: 9, medium: 15, broad: 23 };

export interface Stroke {
  points: readonly Point[];
  pen: PenWidth;
  /** Whether the pressures were measured by a pen; otherwise speed stands in for them. */
  pressed: boolean;
}

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

/** The stroke's outline in sheet units, closed. `finished` is false while the pen is still down. */
export function strokeOutline(stroke: Stroke, finished = true): Path2D {
  const outline = getStroke(
    stroke.points.map(([x, y, pressure]) => [x, y, pressure]),
    {
      size: penDiameters[stroke.pen],
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
