/** A chart's height in its own units; a point is one unit wide. */
export const CHART_HEIGHT_UNITS = 100;

const GAP_UNITS = 0.12;

/** The next round number that none of `values` exceeds: where a chart's scale ends. */
export function scaleEnd(values: readonly (number | null)[]): number {
  const max = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  if (max === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(max));
  return [1, 2, 3, 4, 5, 6, 8, 10]
    .map((step) => Number((step * power).toPrecision(2)))
    .find((end) => end >= max)!;
}

/** SVG path data of a bar for each value. */
export function barsPath(values: readonly number[], end: number): string {
  return values
    .map((value, index) =>
      value > 0
        ? `M${round(index + GAP_UNITS)} ${CHART_HEIGHT_UNITS}V${y(value, end)}h${1 - 2 * GAP_UNITS}V${CHART_HEIGHT_UNITS}z`
        : '',
    )
    .join('');
}

/** SVG path data of a line through the values, interrupted where a value is missing. A value alone is a dot. */
export function linePath(values: readonly (number | null)[], end: number): string {
  let path = '';
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const begins = (values[index - 1] ?? null) === null;
    const alone = begins && (values[index + 1] ?? null) === null;
    path += `${begins ? 'M' : 'L'}${index + 0.5} ${y(value, end)}${alone ? 'h0' : ''}`;
  }
  return path;
}

function y(value: number, end: number): number {
  return round(CHART_HEIGHT_UNITS * (1 - value / end));
}

function round(coordinate: number): number {
  return Math.round(coordinate * 100) / 100;
}
