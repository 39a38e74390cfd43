import type { Stroke } from '../state/sheet.ts';
import { SHEET_UNITS, strokeOutline } from './stroke.ts';

/** Paints strokes on a canvas at the screen's own resolution, in the canvas's CSS colour. */
export function createSheetCanvas(canvas: HTMLCanvasElement) {
  const context = canvas.getContext('2d')!;
  const outlines = new WeakMap<Stroke, Path2D>();
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let strokes: readonly Stroke[] = [];
  let unfinished: Stroke | null = null;
  let frame: number | null = null;

  function outlineOf(stroke: Stroke): Path2D {
    const cached = outlines.get(stroke);
    if (cached) return cached;
    const outline = strokeOutline(stroke);
    outlines.set(stroke, outline);
    return outline;
  }

  function draw(): void {
    frame = null;
    const side = Math.round(canvas.clientWidth * devicePixelRatio);
    if (canvas.width !== side) {
      canvas.width = side;
      canvas.height = side;
    }
    const scale = side / SHEET_UNITS;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, SHEET_UNITS, SHEET_UNITS);
    context.fillStyle = getComputedStyle(canvas).color;
    for (const stroke of strokes) context.fill(outlineOf(stroke));
    if (unfinished) context.fill(strokeOutline(unfinished, { finished: false }));
  }

  function drawSoon(): void {
    frame ??= requestAnimationFrame(draw);
  }

  const resizes = new ResizeObserver(drawSoon);
  resizes.observe(canvas);
  dark.addEventListener('change', drawSoon);

  return {
    /** Paints before the next frame; several calls before it paint once. */
    paint(all: readonly Stroke[], current: Stroke | null): void {
      strokes = all;
      unfinished = current;
      drawSoon();
    },
    close(): void {
      resizes.disconnect();
      dark.removeEventListener('change', drawSoon);
      if (frame !== null) cancelAnimationFrame(frame);
    },
  };
}
export type SheetCanvas = ReturnType<typeof createSheetCanvas>;
