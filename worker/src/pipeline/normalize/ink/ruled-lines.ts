import { closeCropSide, type Grid, histogramOf, percentile } from '../raster/grid.ts';
import { floats } from '../raster/scratch.ts';

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
  if (!meetsSides(rows, { along: rows.width, across: 1, threshold: lineShare * threshold })) return rows;
  return transpose(eraseHorizontal(transpose(rows), threshold));
}

/** Lines may be this much fainter than what counts as ink. */
const lineShare = 0.4;

/** A line from (0, start) to (width − 1, start + drift). */
interface Line {
  start: number;
  drift: number;
}

function eraseHorizontal(grid: Grid, threshold: number): Grid {
  const lines = findLines(grid, lineShare * threshold);
  if (lines.length === 0) return grid;
  let erased: Grid = { ...grid, values: new Float32Array(grid.values) };
  for (const line of lines) erased = eraseLine(erased, line, threshold);
  return isRuling(erased, grid, { lines: lines.length, threshold }) ? erased : grid;
}

/** This many lines are ruling even where nothing else is on the page. */
const rulingMin = 3;

/**
 * One or two lines may be strokes of the digit. The bar of a 7 that was cut out closely also goes from edge to edge: it
 * stays, for without it the rest ends at the edge.
 */
function isRuling(
  erased: Grid,
  grid: Grid,
  { lines, threshold }: { lines: number; threshold: number },
): boolean {
  if (lines >= rulingMin) return true;
  let before = 0;
  let after = 0;
  for (let i = 0; i < grid.values.length; i++) {
    if (grid.values[i]! > threshold) before += grid.values[i]!;
    if (erased.values[i]! > threshold) after += erased.values[i]!;
  }
  if (after < 0.3 * before) return false;
  const { values, width, height } = erased;
  for (let x = 0; x < width; x++) {
    if (values[x]! > threshold || values[(height - 1) * width + x]! > threshold) return false;
  }
  return true;
}

function findLines({ values, width, height }: Grid, threshold: number): Line[] {
  if (!meetsSides({ values, width, height }, { along: 1, across: width, threshold })) return [];
  const lines: { line: Line; ink: number }[] = [];
  const steepest = Math.round(slopeMax * width);
  for (let drift = -steepest; drift <= steepest; drift++) {
    for (let start = 0; start < height; start++) {
      const ink = inkAlong({ values, width, height }, { start, drift }, threshold);
      if (ink > 0) lines.push({ line: { start, drift }, ink });
    }
  }
  lines.sort((a, b) => b.ink - a.ink);
  const kept: Line[] = [];
  for (const { line } of lines) if (kept.every((other) => runsApart(line, other))) kept.push(line);
  return kept;
}

/** Ruling does not cross itself: what does is the same line found again. */
function runsApart(a: Line, b: Line): boolean {
  const start = a.start - b.start;
  const end = start + a.drift - b.drift;
  return Math.abs(start) > 2 && Math.abs(end) > 2 && start > 0 === end > 0;
}

/** Cheap look before the search: is there ink by both the first and the last row or column? `along` steps through one. */
function meetsSides(
  { values }: Grid,
  { along, across, threshold }: { along: number; across: number; threshold: number },
): boolean {
  const length = across === 1 ? along : values.length / across;
  const lines = values.length / length;
  let first = false;
  let last = false;
  for (let i = 0; i < length; i++) {
    const at = i * across;
    const end = at + (lines - 1) * along;
    first ||= values[at]! > threshold || values[at + along]! > threshold;
    last ||= values[end]! > threshold || values[end - along]! > threshold;
  }
  return first && last;
}

/** All ink on a line, 0 where it shows too little of its length. */
function inkAlong({ values, width, height }: Grid, { start, drift }: Line, threshold: number): number {
  let ink = 0;
  let misses = 0;
  const missesMax = (1 - coverageMin) * width;
  const slope = drift / Math.max(1, width - 1);
  for (let x = 0; x < width; x++) {
    const y = Math.round(start + slope * x);
    const value = y >= 0 && y < height ? values[y * width + x]! : 0;
    if (value > threshold) ink += value;
    else if (++misses > missesMax) return 0;
  }
  return ink;
}

function eraseLine(grid: Grid, { start, drift }: Line, threshold: number): Grid {
  const { values, width, height } = grid;
  const slope = drift / Math.max(1, width - 1);
  const alongside = (offset: number) => {
    const row = floats(width);
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
  const turned = floats(values.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) turned[x * height + y] = values[y * width + x]!;
  return { values: turned, width: height, height: width };
}
