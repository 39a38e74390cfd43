import { distanceTo } from './distance.ts';
import { thin } from './skeleton.ts';

/** Ink coverage, 0…255, on a small grid: an MNIST digit, a glyph, a scribble. */
export interface Mask {
  data: Uint8Array;
  width: number;
  height: number;
}

/**
 * A mask as distances, so that it can be drawn at any size and with any pen. `edge` is positive inside the ink;
 * `spine` is the distance to the stroke's middle line. Both in pixels of the mask, sampled `detail` times finer.
 */
export interface Strokes {
  edge: Float32Array;
  spine: Float32Array;
  width: number;
  height: number;
  detail: number;
  /** Bounding box of the ink in mask pixels. */
  box: { left: number; top: number; right: number; bottom: number };
}

/** Returns null for a mask without ink. */
export function traceStrokes(mask: Mask, detail: number): Strokes | null {
  const width = mask.width * detail;
  const height = mask.height * detail;
  const fine = enlarge(mask, detail);
  const inside = new Uint8Array(width * height);
  const outside = new Uint8Array(width * height);
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let i = 0; i < inside.length; i++) {
    if (fine[i]! < 112) {
      outside[i] = 1;
      continue;
    }
    inside[i] = 1;
    box.left = Math.min(box.left, (i % width) / detail);
    box.right = Math.max(box.right, ((i % width) + 1) / detail);
    box.top = Math.min(box.top, Math.floor(i / width) / detail);
    box.bottom = Math.max(box.bottom, (Math.floor(i / width) + 1) / detail);
  }
  if (box.left > box.right) return null;
  const toInk = distanceTo(inside, width, height);
  const toPaper = distanceTo(outside, width, height);
  const edge = new Float32Array(toInk.length);
  for (let i = 0; i < edge.length; i++) edge[i] = (toPaper[i]! - toInk[i]!) / detail;
  const spine = distanceTo(thin(inside, width, height), width, height).map((d) => d / detail);
  return { edge, spine, width, height, detail, box };
}

/** Catmull-Rom interpolation, `detail` times larger. */
function enlarge({ data, width, height }: Mask, detail: number): Float32Array {
  const rows = new Float32Array(width * detail * height);
  resample(data, rows, {
    n: width,
    lines: height,
    step: 1,
    stride: width,
    outStep: 1,
    outStride: width * detail,
    detail,
  });
  const out = new Float32Array(width * detail * height * detail);
  const wide = width * detail;
  resample(rows, out, { n: height, lines: wide, step: wide, stride: 1, outStep: wide, outStride: 1, detail });
  return out;
}

interface Lines {
  n: number;
  lines: number;
  step: number;
  stride: number;
  outStep: number;
  outStride: number;
  detail: number;
}

function resample(from: ArrayLike<number>, to: Float32Array, lines: Lines): void {
  const { n, step, stride, outStep, outStride, detail } = lines;
  for (let k = 0; k < n * detail; k++) {
    const at = (k + 0.5) / detail - 0.5;
    const i = Math.floor(at);
    const t = at - i;
    const weights = [
      ((2 - t) * t - 1) * t * 0.5,
      ((3 * t - 5) * t * t + 2) * 0.5,
      ((4 - 3 * t) * t + 1) * t * 0.5,
      (t - 1) * t * t * 0.5,
    ];
    for (let line = 0; line < lines.lines; line++) {
      let sum = 0;
      for (let j = 0; j < 4; j++) {
        const source = Math.min(n - 1, Math.max(0, i - 1 + j));
        sum += weights[j]! * from[line * stride + source * step]!;
      }
      to[line * outStride + k * outStep] = sum;
    }
  }
}
