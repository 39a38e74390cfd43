import { expect, test } from 'vitest';
import { parseWrkReport } from './generator.ts';

test('a refused request is not a response', () => {
  const lines = [
    'Running 3s test @ http://127.0.0.1:1/predict',
    '{"requests":100,"microseconds":2000000,"refused":10,"broken":1,"timeouts":2,"p50":1500,"p99":9000,"max":12000}',
  ];
  expect(parseWrkReport(lines)).toEqual({ seconds: 2, answered: 90, failed: 13, p50: 1.5, p99: 9, max: 12 });
});

test('a load generator without a report is an error that shows its output', () => {
  expect(() => parseWrkReport(['unable to connect'])).toThrow('unable to connect');
});
