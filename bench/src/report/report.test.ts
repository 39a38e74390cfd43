import { expect, test } from 'vitest';
import { testCell, testResults, testStep } from '../testing/results.ts';
import { writeReport } from './report.ts';

const { grid } = testResults();

/** The cells of the table row that begins with a title. */
function row(report: string, title: string): string[] {
  const line = report.split('\n').find((text) => text.startsWith(`| ${title} |`)) ?? '';
  return line
    .split('|')
    .slice(2, -1)
    .map((text) => text.trim());
}

test('the grid has medians, and ratios to the first contender of each repeat', () => {
  const [rate, spread, p50, p99, , cpuUs, ratio] = row(writeReport(testResults()), 'FastAPI & PyTorch');
  expect([rate, spread, p50, p99, cpuUs]).toEqual(['500', '30 %', '10.0', '20.0', '900']);
  // 1900 ÷ 500, 2000 ÷ 400, 2200 ÷ 550
  expect(ratio).toBe('4.00');
});

test('the open loop has the sustainable rate, its ratio, and the latency at shares of it', () => {
  const cell = { image: '28' as const, path: '/predict', doubtful: 0 };
  const half = [{ p50: 4 }, { p50: 6 }, { p50: 5 }].map((step) => testStep({ ...step, p99: 9, lagP99: 2 }));
  const most = [testStep({ p50: 8, p99: 30, lagP99: 3 })];
  const cells = [
    { ...cell, contender: 'ours', rates: [800, 900, 850], atShares: [half, most] },
    { ...cell, contender: 'peer', rates: [200, 300, 170], atShares: [half, [testStep({ failed: 2 })]] },
  ];
  const report = writeReport(
    testResults({ grid: { contenders: [], cells: [] }, openLoop: { contenders: grid.contenders, cells } }),
  );
  expect(report).toContain('sustainable throughput at p99 ≤ 50 ms');
  expect(row(report, 'Inkqueue, 2 workers')).toEqual([
    ...['850', '12 %', '', '5.00', '9.00', '8.00', '30.0', '3.00'],
  ]);
  // 800 ÷ 200, 900 ÷ 300, 850 ÷ 170
  expect(row(report, 'FastAPI & PyTorch, **2 failed**').slice(0, 3)).toEqual(['200', '65 %', '4.00']);
});

test('a contender that sustains no rate has the rate 0 and no latency', () => {
  const cells = [
    {
      image: '28' as const,
      path: '/predict',
      contender: 'peer',
      rates: [0, 0, 0],
      doubtful: 3,
      atShares: [],
    },
  ];
  const report = writeReport(
    testResults({ grid: { contenders: [], cells: [] }, openLoop: { ...grid, cells } }),
  );
  expect(row(report, 'FastAPI & PyTorch, 3 doubtful')).toEqual([
    '0.00',
    '–',
    '',
    ...['–', '–', '–', '–', '–'],
  ]);
});

test('what was left out of the replicas is said in one line', () => {
  const leftOut = 'docker compose is left out: no Docker engine runs here.';
  const report = writeReport(testResults({ replicas: { ...grid, leftOut } }));
  expect(report).toContain('| 28×28 PNG, 32 connections | responses/s |');
  expect(report.split('\n')).toContain(leftOut);
  expect(writeReport(testResults({ replicas: { ...grid, leftOut: null } }))).toContain('What Docker uses');
});

test('other programs that used the processor make the report warn', () => {
  const cell = testCell('ours', '28', [100]);
  const noisy = { ...cell, samples: cell.samples.map((sample) => ({ ...sample, foreign: 0.3 })) };
  expect(writeReport(testResults({ grid: { ...grid, cells: [noisy] } }))).toContain(
    'do not rely on these figures',
  );
});
