import { type Strokes, traceStrokes } from '../../training/examples/pen/strokes.ts';
import type { Random } from '../../training/examples/random.ts';
import type { Digits } from '../mnist.ts';
import { blurLayer, createLayer, type Layer, partSizes } from './layer.ts';

/** Side of one of MNIST's digits, in pixels. */
const SIDE = 28;
/** How many times larger a digit is traced. */
const DETAIL = 4;
/** How soft a digit is before it is traced, in MNIST's pixels: so soft that its contour shows no pixels. */
const SOFTNESS = 0.45;
/** Lowest height of a digit that is used, in MNIST's pixels: lower ones would come out much too wide. */
const HEIGHT_MIN = 15;
/** Share of a digit's ink in its smallest part, as the bar of a five may be: in smaller parts, a pen has left gaps. */
const PART_MIN = 0.12;
/** How many loops a digit has: MNIST's pixels are too coarse for small ones, and a pen would make a line of such a blot. */
const LOOPS = [1, 0, 0, 0, 0, 0, 1, 0, 2, 1];

/** A digit that can be drawn at any size, with any pen. */
export interface Glyph {
  strokes: Strokes;
  /** Half of the width of its own stroke, in the pixels of `strokes`. */
  penRadius: number;
}

/** Draws lots among the digits of a set. */
export type PickDigit = (digit: number, random: Random) => Glyph;

export function createPickDigit(digits: Digits): PickDigit {
  const indices = Array.from({ length: 10 }, (): number[] => []);
  digits.labels.forEach((label, i) => {
    indices[label]!.push(i);
  });
  return (digit, random) => {
    for (;;) {
      const large = enlarge(digits.pixels(random.pick(indices[digit]!)));
      const parts = partSizes(large);
      const ink = parts.reduce((sum, size) => sum + size, 0);
      if (parts.some((size) => size < PART_MIN * ink) || countLoops(large) < LOOPS[digit]!) continue;
      const data = Uint8Array.from(large.coverage, (value) => Math.min(255, value * 255));
      const strokes = traceStrokes({ data, width: large.width, height: large.height }, 1);
      if (!strokes || strokes.box.bottom - strokes.box.top < HEIGHT_MIN * DETAIL) continue;
      return { strokes, penRadius: measurePen(strokes) };
    }
  };
}

function enlarge(pixels: Uint8Array): Layer {
  const large = createLayer(SIDE * DETAIL, SIDE * DETAIL);
  for (let y = 0, i = 0; y < large.height; y++) {
    for (let x = 0; x < large.width; x++, i++) {
      const value = pixels[Math.floor(y / DETAIL) * SIDE + Math.floor(x / DETAIL)]!;
      large.coverage[i] = value / 255;
    }
  }
  return blurLayer(large, SOFTNESS * DETAIL);
}

function countLoops(layer: Layer): number {
  return partSizes({ ...layer, coverage: layer.coverage.map((value) => 1 - value) }).length - 1;
}

/** The mean depth of the ink along its middle line. */
function measurePen({ edge, spine }: Strokes): number {
  let sum = 0;
  let n = 0;
  for (let i = 0; i < spine.length; i++) {
    if (spine[i]! > 0) continue;
    sum += edge[i]!;
    n++;
  }
  return sum / n || 1;
}
