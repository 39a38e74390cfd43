/** A place between pixels. */
export interface Point {
  x: number;
  y: number;
}

/** The convex polygon around points, going round (Andrew's monotone chain). */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const chain = (ordered: readonly Point[]) => {
    const hull: Point[] = [];
    for (const point of ordered) {
      while (hull.length >= 2 && turn(hull.at(-2)!, hull.at(-1)!, point) <= 0) hull.pop();
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.reverse())];
}

/** Positive where the way from a over b to c turns right, with y pointing down. */
function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

export function polygonArea(polygon: readonly Point[]): number {
  let twice = 0;
  for (const [i, a] of polygon.entries()) {
    const b = polygon[(i + 1) % polygon.length]!;
    twice += a.x * b.y - b.x * a.y;
  }
  return Math.abs(twice) / 2;
}

/** The largest quadrilateral whose corners are corners of a convex polygon, going round. */
export function widestQuadrilateral(polygon: readonly Point[]): Point[] {
  const count = polygon.length;
  if (count <= 4) return [...polygon];
  let best = 0;
  let corners = polygon.slice(0, 4);
  // For each diagonal, the corners that lie farthest from it on either side.
  for (let a = 0; a < count; a++) {
    for (let c = a + 2; c < count; c++) {
      const b = farthest(polygon, a, c, a + 1, c);
      const d = farthest(polygon, c, a, c + 1, a + count);
      const area = b.twiceArea + d.twiceArea;
      if (area <= best) continue;
      best = area;
      corners = [polygon[a]!, polygon[b.at]!, polygon[c]!, polygon[d.at % count]!];
    }
  }
  return corners;
}

function farthest(polygon: readonly Point[], a: number, c: number, from: number, to: number) {
  let at = from;
  let twiceArea = 0;
  for (let i = from; i < to; i++) {
    const area = Math.abs(turn(polygon[a]!, polygon[c]!, polygon[i % polygon.length]!));
    if (area > twiceArea) [at, twiceArea] = [i, area];
  }
  return { at, twiceArea };
}
