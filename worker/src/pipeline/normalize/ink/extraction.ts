import type { Residual } from '../paper/residual.ts';
import type { Component, Labelling } from '../raster/components.ts';
import { type Grid, larger, smaller } from '../raster/grid.ts';
import { boundsOf } from '../raster/region.ts';
import { floats } from '../raster/scratch.ts';
import { inkRange } from './level.ts';

export interface ExtractedInk {
  /** 0 paper to 1 full ink, nothing but the digit: cut to its parts and their soft edges. */
  ink: Grid;
  /** Of the residual's size: 1 on the digit's parts and the pixels around them, 0 elsewhere. */
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
  const isPart = new Uint8Array(components.length + 1);
  for (const { label } of parts) isPart[label] = 1;
  const bounds = boundsOf(parts);
  const strong = floats((bounds.right - bounds.left) * (bounds.bottom - bounds.top));
  const mask = floats(values.length);
  let count = 0;
  for (let y = bounds.top; y < bounds.bottom; y++) {
    const rowStart = y * width;
    const rowEnd = rowStart + width;
    for (let i = rowStart + bounds.left, end = rowStart + bounds.right; i < end; i++) {
      if (isPart[labels[i]] === 0) continue;
      // A run of ink, and the pixels around it.
      const from = i > rowStart ? i - 1 : i;
      for (; i < end && isPart[labels[i]] === 1; i++) strong[count++] = values[i];
      const to = i < rowEnd ? i : i - 1;
      const above = y > 0 ? width : 0;
      const below = y + 1 < height ? width : 0;
      for (let at = from; at <= to; at++) {
        mask[at - above] = 1;
        mask[at] = 1;
        mask[at + below] = 1;
      }
    }
  }
  const { contrast, low, gain } = inkRange(strong, noise);
  const left = Math.max(0, bounds.left - 1);
  const top = Math.max(0, bounds.top - 1);
  const wide = Math.min(width, bounds.right + 1) - left;
  const tall = Math.min(height, bounds.bottom + 1) - top;
  const ink = floats(wide * tall);
  for (let y = 0, to = 0; y < tall; y++) {
    for (let x = 0, i = (top + y) * width + left; x < wide; x++, i++, to++) {
      if (mask[i] === 0) continue;
      // Ink of a component that is not part of the digit is not a soft edge of the digit.
      if (labels[i] > 0 && isPart[labels[i]] === 0) mask[i] = 0;
      else ink[to] = larger(0, smaller(1, (values[i] - low) * gain));
    }
  }
  return {
    ink: { values: ink, width: wide, height: tall },
    mask: { values: mask, width, height },
    contrast,
  };
}
