import { expect, test } from 'vitest';
import { createLatencies } from './latencies.ts';

function of(...milliseconds: number[]) {
  const latencies = createLatencies();
  for (const each of milliseconds) latencies.add(each, 1);
  return latencies;
}

test('nothing has no quantile', () => {
  expect(createLatencies().quantile(0.5)).toBeNull();
  const emptied = of(1, 2);
  emptied.clear();
  expect(emptied.quantile(0.5)).toBeNull();
});

test('short times are told exactly', () => {
  const latencies = of(0, 1, 2, 3, 4, 5, 6, 7, 8, 31);
  expect([0, 0.1, 0.5, 0.95, 1].map(latencies.quantile)).toEqual([0, 0, 4, 31, 31]);
});

test.each([32, 33, 100, 999, 1_000, 60_000, 123_456, 4_194_303])('%i ms are told to within 1 in 32', (ms) => {
  expect(Math.abs(of(ms).quantile(0.5)! - ms) / ms).toBeLessThanOrEqual(1 / 32);
});

test('what is beyond all bounds is counted at them', () => {
  const latencies = of(-5, 0.4, 1e12);
  expect(latencies.quantile(0.5)).toBe(0);
  expect(latencies.quantile(1)).toBeGreaterThan(4_000_000);
});

test('many that took the same count as many', () => {
  const latencies = createLatencies();
  latencies.add(5, 99);
  latencies.add(20, 1);
  expect(latencies.quantile(0.95)).toBe(5);
  latencies.add(20, 5);
  expect(latencies.quantile(0.95)).toBe(20);
});
