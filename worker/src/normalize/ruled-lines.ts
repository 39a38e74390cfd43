import { closeCropSide, type Grid, histogramOf, percentile } from './grid.ts';

/** Share of its length on which a line must show. */
const coverageMin = 0.78;
/** Steepest line followed, as a share of the side it crosses. */
const slopeMax = 0.1;
/** Thickest line, as a share of the long side. */
const thicknessMax = 0.06;

/**
 * Takes away the lines of ruled or squared paper: straight, thin, from edge to edge. What is darker than its line stays,
 * less the line's own ink. Answers the same grid where there are none.
 */
export function eraseRuledLines(grid: Grid, threshold: number): Grid {
  if (Math.max(grid.width, grid.height) <= closeCropSide) return grid;
  const rows = eraseHorizontal(grid, threshold);
  const columns = eraseHorizontal(transpose(rows), threshold);
  return transpose(columns);
}

/** A line from (0, start) to (width − 1, start + drift). */
interface Line {
  start: number;
  drift: number;
}

function eraseHorizontal(grid: Grid, threshold: number): Grid {
  const lines = findLines(grid, 0.4 * threshold);
  if (lines.length === 0) return grid;
  let erased: Grid = { ...grid, values: new Float32Array(grid.values) };
  for (const line of lines) erased = eraseLine(erased, line, threshold);
  return isLeft(erased, grid, { lines: lines.length, threshold }) ? erased : grid;
}

/** The bar of a 7 that was cut out closely also goes from edge to edge: it stays, for without it ink ends at the edge. */
function isLeft(erased: Grid, grid: Grid, { lines, threshold }: { lines: number; threshold: number }): boolean {
  let before = 0;
  let after = 0;
  for (let i = 0; i < grid.values.length; i++) {
    if (grid.values[i]! > threshold) before += grid.values[i]!;
    if (erased.values[i]! > threshold) after += erased.values[i]!;
  }
  if (after < 0.05 * before) return false;
  if (lines > 1) return true;
  const { values, width, height } = erased;
  for (let x = 0; x < width; x++) {
    if (values[x]! > threshold || values[(height - 1) * width + x]! > threshold) return false;
  }
  return true;
}

function findLines({ values, width, height }: Grid, threshold: number): Line[] {
  if (!crosses(values, { width, height, threshold })) return [];
  const lines: { line: Line; hits: number }[] = [];
  const steepest = Math.round(slopeMax * width);
  for (let drift = -steepest; drift <= steepest; drift++) {
    for (let start = 0; start < height; start++) {
      const hits = countHits({ values, width, height }, { start, drift }, threshold);
      if (hits >= coverageMin * width) lines.push({ line: { start, drift }, hits });
    }
  }
  lines.sort((a, b) => b.hits - a.hits);
  const kept: Line[] = [];
  for (const { line } of lines) {
    const apart = kept.every(
      (other) =>
        Math.abs(line.start - other.start) > 2 && Math.abs(line.start + line.drift - other.start - other.drift) > 2,
    );
    if (apart) kept.push(line);
  }
  return kept;
}

/** Cheap look before the search: is there ink near both the left and the right edge? */
function crosses(values: Float32Array, { width, height, threshold }: { width: number; height: number; threshold: number }) {
  let left = false;
  let right = false;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    left ||= values[row]! > threshold || values[row + 1]! > threshold;
    right ||= values[row + width - 1]! > threshold || values[row + width - 2]! > threshold;
  }
  return left && right;
}

function countHits({ values, width, height }: Grid, { start, drift }: Line, threshold: number): number {
  let hits = 0;
  let misses = 0;
  const missesMax = (1 - coverageMin) * width;
  const slope = drift / Math.max(1, width - 1);
  for (let x = 0; x < width; x++) {
    const y = Math.round(start + slope * x);
    if (y >= 0 && y < height && values[y * width + x]! > threshold) hits++;
    else if (++misses > missesMax) return 0;
  }
  return hits;
}

function eraseLine(grid: Grid, { start, drift }: Line, threshold: number): Grid {
  const { values, width, height } = grid;
  const slope = drift / Math.max(1, width - 1);
  const alongside = (offset: number) => {
    const row = new Float32Array(width);
    for (let x = 0; x < width; x++) {
      const y = Math.round(start + slope * x) + offset;
      row[x] = y >= 0 && y < height ? values[y * width + x]! : 0;
    }
    return row;
  };
  const reach = Math.max(1, Math.ceil(thicknessMax * Math.max(width, height)));
  const levels: { offset: number; level: number }[] = [];
  for (const direction of [1, -1]) {
    for (let offset = direction === 1 ? 0 : -1; Math.abs(offset) <= reach; offset += direction) {
      const level = percentile(histogramOf(alongside(offset)), 0.5);
      if (level < 0.25 * threshold) break;
      levels.push({ offset, level });
    }
  }
  if (levels.length > reach) return grid;
  const above = alongside(Math.min(...levels.map(({ offset }) => offset)) - 1);
  const below = alongside(Math.max(...levels.map(({ offset }) => offset)) + 1);
  const erased = new Float32Array(values);
  for (const { offset, level } of levels) {
    for (let x = 0; x < width; x++) {
      const y = Math.round(start + slope * x) + offset;
      if (y < 0 || y >= height) continue;
      // Ink on both sides of the line: a stroke crosses it here.
      if (above[x]! > threshold && below[x]! > threshold) continue;
      const value = values[y * width + x]!;
      erased[y * width + x] = value < 1.6 * level + 4 ? 0 : value - level;
    }
  }
  return { values: erased, width, height };
}

function transpose({ values, width, height }: Grid): Grid {
  const turned = new Float32Array(values.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) turned[x * height + y] = values[y * width + x]!;
  return { values: turned, width: height, height: width };
}
