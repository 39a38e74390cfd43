import { expect, test } from 'vitest';
import { readWrkReport } from './load.ts';

test('refused requests are no answers', () => {
  const lines = [
    'Running 3s test @ http://127.0.0.1:1/predict',
    '{"requests":100,"microseconds":2000000,"refused":10,"broken":1,"timeouts":2,"p50":1500,"p99":9000,"max":12000}',
  ];
  expect(readWrkReport(lines)).toEqual({ seconds: 2, answered: 90, failed: 13, p50: 1.5, p99: 9, max: 12 });
});

test('a load generator that says nothing is an error that shows its output', () => {
  expect(() => readWrkReport(['unable to connect'])).toThrow('unable to connect');
});
