import { ImageError } from '@inkqueue/worker/pipeline/image-error';
import { normalizeDigit } from '@inkqueue/worker/pipeline/normalize';
import { type Medium, photograph } from './pen/page.ts';
import { type Drawing, drawStrokes } from './pen/pen.ts';
import type { Strokes } from './pen/strokes.ts';
import type { Random } from './random.ts';

/** Below this cosine the ink is not what was drawn: rules or a shadow were taken for it. */
const LIKENESS_MIN = 0.75;

interface Shape {
  /** How far the drawing is stretched to a square: 0 keeps its shape, 1 makes it as wide as high. */
  squareness?: number;
}

/**
 * Draws the strokes on a random page and normalizes the page's bitmap as production does.
 * @returns 28×28 ink, or null where it is not usable
 */
export function renderExample(strokes: Strokes, random: Random, shape: Shape = {}): Uint8Array | null {
  const drawing = drawOnPage(strokes, random, shape);
  const medium: Medium = random.chance(0.5) ? 'screen' : 'paper';
  const pixels = normalizeOrNull(drawing, medium, random);
  if (!pixels || medium === 'screen') return pixels;
  const clean = normalizeOrNull(drawing, 'screen', random);
  return clean && likeness(pixels, clean) >= LIKENESS_MIN ? pixels : null;
}

/** The ink that production finds on an empty page, or null where it finds none. */
export function renderBlank(random: Random): Uint8Array | null {
  const side = random.integer(40, 200);
  const drawing = { coverage: new Float32Array(side * side), width: side, height: side };
  return normalizeOrNull(drawing, 'paper', random);
}

/** Cosine between two 28×28 inks. */
export function likeness(a: Uint8Array, b: Uint8Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return ab / Math.sqrt(aa * bb || 1);
}

function drawOnPage(strokes: Strokes, random: Random, { squareness = 0 }: Shape): Drawing {
  const side = Math.round(Math.exp(random.uniform(Math.log(28), Math.log(200))));
  const width = Math.max(24, Math.round(side * Math.exp(random.normal() * 0.12)));
  const small = side > 120 && random.chance(0.25);
  const size = side * (small ? random.uniform(0.12, 0.35) : random.uniform(0.38, 0.92));
  const overhang = random.chance(0.04) ? 0.2 : 0;
  return drawStrokes(strokes, { width, height: side, size, overhang, squareness }, random);
}

/** The one digit that production finds on a drawing; null where it finds no ink. */
export function normalizeOrNull(drawing: Drawing, medium: Medium, random: Random): Uint8Array | null {
  try {
    return normalizeDigit(photograph(drawing, medium, random));
  } catch (error) {
    if (error instanceof ImageError) return null;
    throw error;
  }
}
