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

/** A convex polygon with fewer corners: one after the other goes that adds least (Visvalingam and Whyatt). */
export function withCorners(polygon: readonly Point[], count: number): Point[] {
  const corners = [...polygon];
  while (corners.length > count) {
    let least = 0;
    let leastArea = Infinity;
    for (const [i, corner] of corners.entries()) {
      const before = corners[(i + corners.length - 1) % corners.length]!;
      const after = corners[(i + 1) % corners.length]!;
      const area = Math.abs(turn(before, corner, after));
      if (area < leastArea) [least, leastArea] = [i, area];
    }
    corners.splice(least, 1);
  }
  return corners;
}
