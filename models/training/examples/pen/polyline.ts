import type { Random } from '../random.ts';
import type { Mask } from './strokes.ts';

/** Side of the page in pixels. */
const SIDE = 64;

/** Points that a pen passes, on a 64×64 page. */
export type Path = [number, number][];

/** Draws paths with a round pen. */
export function rasterize(paths: Path[], radius: number): Mask {
  const data = new Uint8Array(SIDE * SIDE);
  for (const path of paths) {
    for (let k = 1; k < path.length; k++) stroke(data, path[k - 1]!, path[k]!, radius);
  }
  return { data, width: SIDE, height: SIDE };
}

function stroke(
  data: Uint8Array,
  [x0, y0]: [number, number],
  [x1, y1]: [number, number],
  radius: number,
): void {
  const steps = Math.ceil(Math.hypot(x1 - x0, y1 - y0) * 2) + 1;
  for (let k = 0; k <= steps; k++) {
    const cx = x0 + ((x1 - x0) * k) / steps;
    const cy = y0 + ((y1 - y0) * k) / steps;
    for (let y = Math.max(0, Math.floor(cy - radius)); y <= Math.min(SIDE - 1, cy + radius); y++) {
      for (let x = Math.max(0, Math.floor(cx - radius)); x <= Math.min(SIDE - 1, cx + radius); x++) {
        if (Math.hypot(x + 0.5 - cx, y + 0.5 - cy) <= radius) data[y * SIDE + x] = 255;
      }
    }
  }
}

/** A smooth line through the points. */
export function curve(points: Path): Path {
  const out: Path = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [p, q, r, s] = [
      points[Math.max(0, i - 1)]!,
      points[i]!,
      points[i + 1]!,
      points[Math.min(points.length - 1, i + 2)]!,
    ];
    for (let t = 0; t < 1; t += 0.125)
      out.push([blend(p[0], q[0], r[0], s[0], t), blend(p[1], q[1], r[1], s[1], t)]);
  }
  out.push(points.at(-1)!);
  return out;
}

/** Catmull-Rom. */
function blend(p: number, q: number, r: number, s: number, t: number): number {
  return q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
}

/** A loop drawn by hand: it begins somewhere at the top and need not close. */
export function oval(
  { cx, cy, rx, ry }: { cx: number; cy: number; rx: number; ry: number },
  random: Random,
): Path {
  const start = random.uniform(-2.2, -0.9);
  const turn = random.uniform(5.7, 6.6);
  return Array.from({ length: 25 }, (_, k) => {
    const at = start - (turn * k) / 24;
    return [cx + rx * Math.cos(at), cy + ry * Math.sin(at)];
  });
}
