import type { Random } from '../../training/examples/random.ts';
import type { Layer } from './layer.ts';

/** Pixels from the left and from the top. */
export type Point = [number, number];

/** Draws a path with a round pen of `radius` pixels. */
export function drawPath(layer: Layer, path: readonly Point[], radius: number): void {
  for (let k = 1; k < path.length; k++) drawSegment(layer, path[k - 1]!, path[k]!, radius);
}

function drawSegment(layer: Layer, [x0, y0]: Point, [x1, y1]: Point, radius: number): void {
  const reach = radius + 1;
  const [dx, dy] = [x1 - x0, y1 - y0];
  const squared = dx * dx + dy * dy || 1;
  const right = Math.min(layer.width - 1, Math.max(x0, x1) + reach);
  const bottom = Math.min(layer.height - 1, Math.max(y0, y1) + reach);
  for (let y = Math.max(0, Math.floor(Math.min(y0, y1) - reach)); y <= bottom; y++) {
    for (let x = Math.max(0, Math.floor(Math.min(x0, x1) - reach)); x <= right; x++) {
      const [px, py] = [x + 0.5 - x0, y + 0.5 - y0];
      const t = Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
      const depth = radius - Math.hypot(px - t * dx, py - t * dy) + 0.5;
      const i = y * layer.width + x;
      layer.coverage[i] = Math.max(layer.coverage[i]!, Math.min(1, depth));
    }
  }
}

/** A line from one point to another, in short steps, so that a hand can shake on its way. */
export function line([x0, y0]: Point, [x1, y1]: Point): Point[] {
  const n = Math.max(2, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 6));
  return Array.from({ length: n + 1 }, (_, k): Point => [x0 + ((x1 - x0) * k) / n, y0 + ((y1 - y0) * k) / n]);
}

interface Arc {
  centre: Point;
  /** In pixels. */
  rx: number;
  ry: number;
  /** Clockwise from the right, in radians. */
  from: number;
  to: number;
}

/** A part of an ellipse. */
export function arc({ centre: [cx, cy], rx, ry, from, to }: Arc): Point[] {
  const n = 48;
  return Array.from({ length: n + 1 }, (_, k): Point => {
    const angle = from + ((to - from) * k) / n;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}

/** A path as a hand draws it, which shakes by about `amount` pixels. */
export function shake(path: readonly Point[], amount: number, random: Random): Point[] {
  const waves = [1, 2, 3].map((n) => ({
    n: n + random.uniform(0, 1),
    x: random.normal() / n,
    y: random.normal() / n,
    start: random.uniform(0, 2 * Math.PI),
  }));
  return path.map(([x, y], k): Point => {
    let [sx, sy] = [0, 0];
    for (const wave of waves) {
      const swing = Math.sin((k / path.length) * 4 * wave.n + wave.start);
      sx += wave.x * swing;
      sy += wave.y * swing;
    }
    return [x + sx * amount, y + sy * amount];
  });
}
