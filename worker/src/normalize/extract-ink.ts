import type { Component, Labelling } from './components.ts';
import { boundsOf, type Grid } from './grid.ts';
import { inkLevel } from './ink-level.ts';
import type { Residual } from './residual.ts';

export interface ExtractedInk {
  /** 0 paper to 1 full ink, nothing but the digit. */
  ink: Grid;
  /** 1 on the kept parts and the pixels around them. */
  mask: Grid;
  /** Grey levels between paper and ink. */
  contrast: number;
}

/** Cuts the digit's parts out with their soft edges and stretches their ink to 0…1, from the paper's noise to full ink. */
export function extractInk(
  residual: Residual,
  { labels, components }: Labelling,
  parts: Component[],
): ExtractedInk {
  const { values, width, height, noise } = residual;
  const kept = new Uint8Array(components.length + 1);
  for (const { label } of parts) kept[label] = 1;
  const bounds = boundsOf(parts);
  const strong = new Float32Array((bounds.right - bounds.left) * (bounds.bottom - bounds.top));
  const mask = new Float32Array(values.length);
  for (let y = bounds.top, count = 0; y < bounds.bottom; y++) {
    for (let x = bounds.left; x < bounds.right; x++) {
      const i = y * width + x;
      if (kept[labels[i]!] === 0) continue;
      strong[count++] = values[i]!;
      const lastX = x + 1 < width ? 1 : 0;
      for (let row = y > 0 ? i - width : i, end = y + 1 < height ? i + width : i; row <= end; row += width) {
        for (let at = row - (x > 0 ? 1 : 0); at <= row + lastX; at++) mask[at] = 1;
      }
    }
  }
  const contrast = inkLevel(strong, 0, 0.75);
  const low = Math.min(3 * noise, 0.3 * contrast);
  const gain = 1 / (contrast - low);
  const ink = new Float32Array(values.length);
  for (let i = 0; i < ink.length; i++) {
    if (mask[i] === 0) continue;
    // Ink of a neighbour that was not kept is no soft edge of the digit's.
    if (labels[i]! > 0 && kept[labels[i]!] === 0) mask[i] = 0;
    else ink[i] = Math.max(0, Math.min(1, (values[i]! - low) * gain));
  }
  return { ink: { values: ink, width, height }, mask: { values: mask, width, height }, contrast };
}
