import { type Strokes, write } from '../digits.fixture.ts';
import { labelComponents } from '../raster/components.ts';
import type { Grid } from '../raster/grid.ts';
import { paper } from '../sheets.fixture.ts';
import type { Detail } from './detail.ts';
import { type Group, groupComponents } from './groups.ts';
import type { Writing } from './writing.ts';

// Details drawn in code, for tests alone.

export const THICKNESS = 4;
export const INK = 200;

export function detailOf(ink: Grid): Detail {
  const threshold = 40;
  const size = { width: ink.width, height: ink.height };
  return { ink: { ...ink, noise: 1 }, threshold, factor: 1, size, ...labelComponents(ink, threshold) };
}

/** A detail of the given size, and on it strokes. */
export function written(width: number, height: number, ...all: Strokes[]): Detail {
  return detailOf(write(paper(width, height, 0), all.flat(), { thickness: THICKNESS, ink: INK }));
}

export function groupsOf(detail: Detail, writing: Writing): Group[] {
  return groupComponents(detail.components, detail, writing);
}

/** A group without ink, for what asks about its place alone. */
export function groupAt(left: number, top: number, right: number, bottom: number): Group {
  return { left, top, right, bottom, from: left, to: right, components: [] };
}
