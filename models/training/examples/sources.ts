import { readFile } from 'node:fs/promises';
import type { Digits } from '../../evaluation/mnist.ts';
import type { Mask } from './pen/strokes.ts';
import type { Random } from './random.ts';

const SIDE = 28;
/** Side of a font's glyph. */
const GLYPH_SIDE = 64;

export function digitMask(digits: Digits, i: number): Mask {
  return { data: digits.pixels(i), width: SIDE, height: SIDE };
}

/** Two to four training digits in a row, so close that they look like one thing. */
export function digitRow(digits: Digits, random: Random): Mask {
  const n = random.integer(2, 4);
  const gap = random.integer(-9, -2);
  const width = n * SIDE + (n - 1) * gap;
  const data = new Uint8Array(width * SIDE);
  for (let k = 0; k < n; k++) {
    const pixels = digits.pixels(random.integer(0, digits.n - 1));
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        const at = y * width + k * (SIDE + gap) + x;
        data[at] = Math.max(data[at]!, pixels[y * SIDE + x]!);
      }
    }
  }
  return { data, width, height: SIDE };
}

export interface Glyph {
  mask: Mask;
  /** Digit, or NO_DIGIT. */
  label: number;
}

/** Glyphs drawn from fonts by glyphs.py: 64×64 coverage each, and their labels. */
export async function readGlyphs(path: string): Promise<Glyph[]> {
  const pixels = await readFile(`${path}.pixels`);
  const labels = await readFile(`${path}.labels`);
  return Array.from(labels, (label, i) => ({
    label,
    mask: {
      data: pixels.subarray(i * GLYPH_SIDE ** 2, (i + 1) * GLYPH_SIDE ** 2),
      width: GLYPH_SIDE,
      height: GLYPH_SIDE,
    },
  }));
}
