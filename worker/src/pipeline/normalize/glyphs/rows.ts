import type { Group } from './groups.ts';

/** Groups of one line overlap in height by this share of the lower one. */
const OVERLAP_MIN = 0.35;

/** Sorts groups into lines, from top to bottom, and each line from left to right. */
export function toRows(groups: readonly Group[]): Group[][] {
  const rows: Group[][] = [];
  const left = new Set([...groups].sort((a, b) => a.from - b.from));
  for (const first of left) {
    left.delete(first);
    const row = [first];
    for (const next of left) {
      if (!row.slice(-2).some((last) => areBeside(last, next))) continue;
      row.push(next);
      left.delete(next);
    }
    rows.push(row);
  }
  const middle = (row: readonly Group[]) =>
    row.reduce((sum, { top, bottom }) => sum + (top + bottom) / 2, 0) / row.length;
  return rows.sort((a, b) => middle(a) - middle(b));
}

function areBeside(a: Group, b: Group): boolean {
  const overlap = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return overlap >= OVERLAP_MIN * Math.min(a.bottom - a.top, b.bottom - b.top);
}
