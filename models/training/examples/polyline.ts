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
