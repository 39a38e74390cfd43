/** A three as a polyline, in units of the image's side. */
const THREE: readonly (readonly [number, number])[] = [
  ...arc({ x: 0.49, y: 0.36, radius: 0.13, from: -0.85, to: 0.5 }),
  ...arc({ x: 0.48, y: 0.64, radius: 0.15, from: -0.5, to: 0.85 }),
];

/** Angles in units of π, clockwise from the right. */
function arc(options: { x: number; y: number; radius: number; from: number; to: number }) {
  const { x, y, radius, from, to } = options;
  return Array.from({ length: 15 }, (_, i): [number, number] => {
    const angle = Math.PI * (from + ((to - from) * i) / 14);
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/** How much of the pixel around (x, y) the pen covers, 0…1: the edge of the stroke is one pixel soft. */
export function strokeCoverage(x: number, y: number, pen: { side: number; width: number }): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < THREE.length; i++) {
    nearest = Math.min(nearest, squaredDistance(x / pen.side, y / pen.side, THREE[i - 1]!, THREE[i]!));
  }
  return Math.min(1, Math.max(0, 0.5 + pen.width / 2 - Math.sqrt(nearest) * pen.side));
}

function squaredDistance(
  x: number,
  y: number,
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2;
}
