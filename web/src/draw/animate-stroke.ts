import type { Stroke } from '../state/sheet.ts';

const DURATION_MS = 1100;

/**
 * Draws a stroke at the speed of a hand, a little more with each frame, or at once for people who prefer less motion.
 * `grow` receives the stroke so far. Returns the function that ends the animation early.
 */
export function animateStroke(stroke: Stroke, grow: (part: Stroke) => void): () => void {
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
