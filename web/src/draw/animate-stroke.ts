import type { Stroke } from './stroke.ts';

/** How long a sample takes to be drawn, in milliseconds. */
const DURATION_MS = 1100;

/**
 * Draws a stroke as a hand would, a little more with each frame, or at once for those who prefer less motion.
 * `grow` is given the stroke so far. Returns what ends it early.
 */
export function drawByHand(stroke: Stroke, grow: (part: Stroke) => void): () => void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    grow(stroke);
    return () => {};
  }
  const start = performance.now();
  let frame = requestAnimationFrame(draw);
  function draw(now: number): void {
    const share = Math.min(1, Math.max(0, now - start) / DURATION_MS);
    const points = stroke.points.slice(0, Math.max(2, Math.ceil(easeInOut(share) * stroke.points.length)));
    grow({ ...stroke, points });
    if (share < 1) frame = requestAnimationFrame(draw);
  }
  return () => cancelAnimationFrame(frame);
}

function easeInOut(share: number): number {
  return share < 0.5 ? 2 * share ** 2 : 1 - (2 - 2 * share) ** 2 / 2;
}
