import { readFile } from 'node:fs/promises';
import type { Digits } from '../../evaluation/mnist.ts';
import type { Random } from './random.ts';
import type { Mask } from './strokes.ts';

const side = 28;

export function digitMask(digits: Digits, i: number): Mask {
  return { data: digits.pixels(i), width: side, height: side };
}

/** Two to four training digits in a row, so close that they read as one thing. */
export function digitRow(digits: Digits, random: Random): Mask {
  const n = random.integer(2, 4);
  const gap = random.integer(-9, -2);
  const width = n * side + (n - 1) * gap;
  const data = new Uint8Array(width * side);
  for (let k = 0; k < n; k++) {
    const pixels = digits.pixels(random.integer(0, digits.n - 1));
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const at = y * width + k * (side + gap) + x;
        data[at] = Math.max(data[at]!, pixels[y * side + x]!);
      }
    }
  }
  return { data, width, height: side };
}

export interface Glyph {
  mask: Mask;
  /** Digit, or 10 for what is none. */
  label: number;
}

/** Glyphs drawn from fonts by glyphs.py: 64×64 coverage each, and their labels. */
export async function readGlyphs(path: string): Promise<Glyph[]> {
  const pixels = await readFile(`${path}.pixels`);
  const labels = await readFile(`${path}.labels`);
  return Array.from(labels, (label, i) => ({
    label,
    mask: { data: pixels.subarray(i * 64 * 64, (i + 1) * 64 * 64), width: 64, height: 64 },
  }));
}
