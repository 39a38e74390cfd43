import { expect, test } from 'vitest';
import { metricNamesOf, selectorsOf } from './promql.ts';

test.each([
  ['up', ['up']],
  ['sum by (le, code) (rate(a_bucket{code="x"}[5m])) / sum(b_count)', ['a_bucket', 'b_count']],
  [
    'max(a:b) == 0 unless on() present_over_time(c{cause=~"x|y"}[5m]) or on(job) group_left(d) e',
    ['a:b', 'c', 'e'],
  ],
  ['histogram_quantile(0.99, sum(rate(a_bucket[$__rate_interval])) without (le)) > 2.5e3', ['a_bucket']],
  ['a unless a offset 15m > bool 1', ['a']],
  ['sum without (x) (a) and vector(1)', ['a']],
])('the metrics of %s', (expression, names) => {
  expect(metricNamesOf(expression)).toEqual(names);
});

test('a selector has its matchers, whatever their values hold', () => {
  expect(selectorsOf('rate(a{b="}",c!~"d|e, f=\\"g\\""}[5m])')).toEqual([
    {
      metric: 'a',
      matchers: [
        { label: 'b', operator: '=', value: '}' },
        { label: 'c', operator: '!~', value: 'd|e, f=\\"g\\"' },
      ],
    },
  ]);
});
