import { SHEET_UNITS, type Stroke, strokeOutline } from './stroke.ts';

export interface Surface {
  /** Paints before the next frame; calls in between are merged into one. */
  paint: (strokes: readonly Stroke[], unfinished: Stroke | null) => void;
  close: () => void;
}

/** Paints strokes on a canvas at the screen's own resolution, in the canvas's CSS colour. */
export function createSurface(canvas: HTMLCanvasElement): Surface {
  const context = canvas.getContext('2d')!;
  const outlines = new WeakMap<Stroke, Path2D>();
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let strokes: readonly Stroke[] = [];
  let unfinished: Stroke | null = null;
  let frame: number | null = null;

  function outlineOf(stroke: Stroke): Path2D {
    const known = outlines.get(stroke);
    if (known) return known;
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
    if (unfinished) context.fill(strokeOutline(unfinished, false));
  }

  function drawSoon(): void {
    frame ??= requestAnimationFrame(draw);
  }

  const resizes = new ResizeObserver(drawSoon);
  resizes.observe(canvas);
  dark.addEventListener('change', drawSoon);

  return {
    paint(all, current) {
      strokes = all;
      unfinished = current;
      drawSoon();
    },
    close() {
      resizes.disconnect();
      dark.removeEventListener('change', drawSoon);
      if (frame !== null) cancelAnimationFrame(frame);
    },
  };
}
