import { isCloseCrop } from '../paper/close-crop.ts';
import type { Grid } from '../raster/grid.ts';
import { histogramOf, percentile } from '../raster/histogram.ts';
import { floats } from '../raster/scratch.ts';

/** Share of its length on which a line must show. */
const COVERAGE_MIN = 0.78;
/** On a wide grid, a line is looked at in so many places first, and may be missing at this share of them. */
const PROBED_WIDTH_MIN = 128;
const PROBES = 24;
const PROBES_MISSED_MAX = 0.38;
/** Steepest line followed, as a share of the side it crosses. */
const SLOPE_MAX = 0.1;
/** Thickest line, as a share of the long side. */
const THICKNESS_MAX = 0.06;
/** Lines may be this much fainter than what counts as ink. */
const LINE_SHARE = 0.4;
/** Lines run apart by more than this many pixels. */
const GAP_MIN = 2;
/** A row beside a line belongs to it while its median is at least this share of the ink's threshold. */
const LINE_EDGE_SHARE = 0.25;
/** On a line, a value up to this multiple of the line's level and this many levels more is the line alone. */
const LINE_LEVEL_MAX = { share: 1.6, levels: 4 };
/** This many lines are ruling even where nothing else is on the page. */
const RULING_MIN = 3;
/** Of fewer lines, ruling leaves at least this share of the ink when it is erased. */
const INK_LEFT_MIN = 0.3;

/**
 * Erases the lines of ruled or squared paper: straight, thin, from edge to edge. What is stronger than its line stays, less
 * the line's own ink. Returns the same grid where there are no lines.
 *
 * @param threshold above which a value is ink
 */
export function eraseRuledLines(grid: Grid, threshold: number): Grid {
  if (isCloseCrop(grid)) return grid;
  const rows = eraseHorizontal(grid, threshold);
  if (!meetsSides(rows, { along: rows.width, across: 1, threshold: LINE_SHARE * threshold })) return rows;
  return transpose(eraseHorizontal(transpose(rows), threshold));
}

/** A line from (0, start) to (width − 1, start + drift). */
interface Line {
  start: number;
  drift: number;
}

function eraseHorizontal(grid: Grid, threshold: number): Grid {
  const lines = findLines(grid, LINE_SHARE * threshold);
  if (lines.length === 0) return grid;
  let erased: Grid = { ...grid, values: new Float32Array(grid.values) };
  for (const line of lines) erased = eraseLine(erased, line, threshold);
  return isRuling(erased, grid, { lines: lines.length, threshold }) ? erased : grid;
}

/**
 * Whether the erased lines were ruling. One or two lines may be strokes of the digit: the bar of a 7 that was cut out closely
 * also goes from edge to edge. The bar stays, since without it the rest of the 7 ends at the edge.
 */
function isRuling(
  erased: Grid,
  grid: Grid,
  { lines, threshold }: { lines: number; threshold: number },
): boolean {
  if (lines >= RULING_MIN) return true;
  let before = 0;
  let after = 0;
  for (let i = 0; i < grid.values.length; i++) {
    if (grid.values[i] > threshold) before += grid.values[i];
    if (erased.values[i] > threshold) after += erased.values[i];
  }
  if (after < INK_LEFT_MIN * before) return false;
  const { values, width, height } = erased;
  for (let x = 0; x < width; x++) {
    if (values[x] > threshold || values[(height - 1) * width + x] > threshold) return false;
  }
  return true;
}

function findLines({ values, width, height }: Grid, threshold: number): Line[] {
  if (!meetsSides({ values, width, height }, { along: 1, across: width, threshold })) return [];
  const candidates: { line: Line; ink: number }[] = [];
  const steepest = Math.round(SLOPE_MAX * width);
  for (let drift = -steepest; drift <= steepest; drift++) {
    for (let start = 0; start < height; start++) {
      if (width >= PROBED_WIDTH_MIN && !mayShow({ values, width, height }, { start, drift }, threshold))
        continue;
      const ink = inkAlong({ values, width, height }, { start, drift }, threshold);
      if (ink > 0) candidates.push({ line: { start, drift }, ink });
    }
  }
  candidates.sort((a, b) => b.ink - a.ink);
  const lines: Line[] = [];
  for (const { line } of candidates) if (lines.every((other) => runsApart(line, other))) lines.push(line);
  return lines;
}

/** Ruled lines do not cross each other: a candidate that crosses a line is the same line found again. */
function runsApart(a: Line, b: Line): boolean {
  const start = a.start - b.start;
  const end = start + a.drift - b.drift;
  return Math.abs(start) > GAP_MIN && Math.abs(end) > GAP_MIN && start > 0 === end > 0;
}

/** A cheap check before the search: is there ink by both the first and the last row or column? `along` steps through one. */
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
    first ||= values[at] > threshold || values[at + along] > threshold;
    last ||= values[end] > threshold || values[end - along] > threshold;
  }
  return first && last;
}

/** A quick look at a few places of a line: false where the line shows at too few of them to show on enough of its length. */
function mayShow({ values, width, height }: Grid, { start, drift }: Line, threshold: number): boolean {
  const step = Math.floor(width / PROBES);
  const slope = drift / Math.max(1, width - 1);
  let misses = 0;
  for (let x = step >> 1; x < width; x += step) {
    const y = Math.round(start + slope * x);
    const value = y >= 0 && y < height ? values[y * width + x] : 0;
    if (value <= threshold && ++misses > PROBES_MISSED_MAX * PROBES) return false;
  }
  return true;
}

/** All ink on a line, 0 where the line shows on too little of its length. */
function inkAlong({ values, width, height }: Grid, { start, drift }: Line, threshold: number): number {
  let ink = 0;
  let misses = 0;
  const missesMax = (1 - COVERAGE_MIN) * width;
  const slope = drift / Math.max(1, width - 1);
  for (let x = 0; x < width; x++) {
    const y = Math.round(start + slope * x);
    const value = y >= 0 && y < height ? values[y * width + x] : 0;
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
      row[x] = y >= 0 && y < height ? values[y * width + x] : 0;
    }
    return row;
  };
  const reach = Math.max(1, Math.ceil(THICKNESS_MAX * Math.max(width, height)));
  const levels: { offset: number; level: number }[] = [];
  for (const direction of [1, -1]) {
    for (let offset = direction === 1 ? 0 : -1; Math.abs(offset) <= reach; offset += direction) {
      const level = percentile(histogramOf(alongside(offset)), 0.5);
      if (level < LINE_EDGE_SHARE * threshold) break;
      levels.push({ offset, level });
    }
  }
  if (levels.length > reach) return grid;
  const above = alongside(Math.min(...levels.map(({ offset }) => offset)) - 1);
  const below = alongside(Math.max(...levels.map(({ offset }) => offset)) + 1);
  const erased = new Float32Array(values);
  for (const { offset, level } of levels) {
    const lineMax = LINE_LEVEL_MAX.share * level + LINE_LEVEL_MAX.levels;
    for (let x = 0; x < width; x++) {
      const y = Math.round(start + slope * x) + offset;
      if (y < 0 || y >= height) continue;
      // Ink on both sides of the line: a stroke crosses it here.
      if (above[x] > threshold && below[x] > threshold) continue;
      const value = values[y * width + x];
      erased[y * width + x] = value < lineMax ? 0 : value - level;
    }
  }
  return { values: erased, width, height };
}

function transpose({ values, width, height }: Grid): Grid {
  const turned = floats(values.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) turned[x * height + y] = values[y * width + x];
  return { values: turned, width: height, height: width };
}
