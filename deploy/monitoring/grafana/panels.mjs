/** How Grafana writes a panel down. rows/ says what the dashboard shows; this file alone knows Grafana's JSON. */

/** Calm, and apart for people who tell red and green badly. */
export const COLORS = {
  good: '#7EB09B',
  busy: '#6C8EBF',
  slow: '#C9A66B',
  bad: '#B5656B',
  quiet: '#8E959E',
  /** Shades of one colour: p50, p95, p99. */
  quantiles: ['#B8CBE4', '#6C8EBF', '#38598B'],
};

const DATASOURCE = { type: 'prometheus', uid: 'inkqueue-prometheus' };

/**
 * @typedef {{ expr: string, legend?: string, color?: string }} Query `color` needs a `legend` without labels
 * @typedef {{ title: string, description: string, queries: Query[], unit?: string, width?: number }} Content `width` of 24
 */

/** A rate over the window that Grafana chooses for the zoom. @param {string} series */
export const rate = (series) => `rate(${series}[$__rate_interval])`;

/** @param {Query[]} queries */
const targets = (queries, isInstant = false) =>
  queries.map(({ expr, legend = '' }, index) => ({
    refId: String.fromCharCode(65 + index),
    datasource: DATASOURCE,
    expr,
    legendFormat: legend,
    ...(isInstant ? { instant: true, range: false } : {}),
  }));

/** @param {Content} content */
const frame = ({ title, description }) => ({ title, description, datasource: DATASOURCE });

/** Colours from which value on: the first one holds from the least value. @param {[number | null, string][]} steps */
const thresholds = (steps) => ({
  mode: 'absolute',
  steps: steps.map(([value, color]) => ({ value, color })),
});

/**
 * One number, coloured by how bad it is.
 *
 * @param {Content & { steps: [number | null, string][], words?: Record<string, string>, none?: string }} content `words` for values,
 * `none` where there is no value
 */
export function number(content) {
  const { queries, unit = 'short', width = 4, steps, words, none } = content;
  const options = Object.fromEntries(Object.entries(words ?? {}).map(([value, text]) => [value, { text }]));
  return {
    ...frame(content),
    type: 'stat',
    size: { width, height: 4 },
    targets: targets(queries, true),
    fieldConfig: {
      defaults: {
        unit,
        thresholds: thresholds(steps),
        color: { mode: 'thresholds' },
        ...(words ? { mappings: [{ type: 'value', options }] } : {}),
        ...(none ? { noValue: none } : {}),
      },
      overrides: [],
    },
    options: { colorMode: 'value', graphMode: 'none', reduceOptions: { calcs: ['lastNotNull'] } },
  };
}

/**
 * Lines over time.
 *
 * @param {Content & { isStacked?: boolean, isBars?: boolean, max?: number, limit?: number }} content `limit` draws a line at which
 * something changes
 */
export function graph(content) {
  const { queries, unit = 'short', width = 8, isStacked = false, isBars = false, max, limit } = content;
  return {
    ...frame(content),
    type: 'timeseries',
    size: { width, height: 8 },
    targets: targets(queries),
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        ...(max === undefined ? {} : { max }),
        color: { mode: 'palette-classic-by-name' },
        custom: {
          drawStyle: isBars ? 'bars' : 'line',
          lineWidth: 1,
          fillOpacity: isStacked || isBars ? 30 : 8,
          showPoints: 'never',
          stacking: { mode: isStacked ? 'normal' : 'none', group: 'A' },
          thresholdsStyle: { mode: limit === undefined ? 'off' : 'dashed' },
        },
        ...(limit === undefined
          ? {}
          : {
              thresholds: thresholds([
                [null, 'transparent'],
                [limit, COLORS.bad],
              ]),
            }),
      },
      overrides: queries.flatMap(({ legend, color }) => (legend && color ? [colored(legend, color)] : [])),
    },
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  };
}

/** @param {string} legend @param {string} color */
const colored = (legend, color) => ({
  matcher: { id: 'byName', options: legend },
  properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }],
});

/** The series that exist now, one a line. @param {Content & { column: string }} content `column` is the label that is shown */
export function list(content) {
  const { queries, width = 8, column } = content;
  return {
    ...frame(content),
    type: 'table',
    size: { width, height: 4 },
    targets: targets(queries, true).map((target) => ({ ...target, format: 'table' })),
    fieldConfig: { defaults: { noValue: 'none' }, overrides: [] },
    transformations: [{ id: 'filterFieldsByName', options: { include: { names: [column] } } }],
    options: { showHeader: false, cellHeight: 'sm' },
  };
}

/**
 * The p50, p95 and p99 of a histogram of durations.
 *
 * @param {{ title: string, description: string, histogram: string, matchers?: string }} content `matchers` choose some of its series
 */
export const quantiles = ({ histogram, matchers = '', ...content }) =>
  graph({
    ...content,
    unit: 's',
    queries: [0.5, 0.95, 0.99].map((quantile, index) => ({
      expr: `histogram_quantile(${quantile}, sum by (le) (${rate(`${histogram}_bucket${matchers}`)}))`,
      legend: `p${quantile * 100}`,
      color: /** @type {string} */ (COLORS.quantiles[index]),
    })),
  });
