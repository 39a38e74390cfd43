import { expect, test } from 'vitest';
import { testResults } from '../testing/results.ts';
import { describeChart, drawChart } from './chart.ts';

const widths = (svg: string) =>
  [...svg.matchAll(/<rect[^>]* width="(\d+)"/g)].map(([, width]) => Number(width));

test('a bar is as long as the median of its repeats, beside the longest of its image', () => {
  const [ours, peer, oursLarge, peerLarge] = widths(drawChart(testResults()));
  expect(peer! / ours!).toBeCloseTo(500 / 2_000, 2);
  expect(peerLarge! / oursLarge!).toBeCloseTo(45 / 90, 2);
  expect(ours).toBe(oursLarge);
});

test('the words say every figure', () => {
  expect(describeChart(testResults())).toBe(
    '28×28 PNG, responses a second at 32 connections: Inkqueue, 2 workers: 2,000; FastAPI & PyTorch: 500. ' +
      '280×280 canvas PNG, responses a second at 32 connections: Inkqueue, 2 workers: 90.0; FastAPI & PyTorch: 45.0.',
  );
});

test('it is XML that names itself, for light and dark pages', () => {
  const svg = drawChart(testResults());
  expect(svg).toContain('<title>28×28 PNG, ');
  expect(svg).toContain('FastAPI &amp; PyTorch');
  expect(svg).not.toMatch(/&(?!amp;|lt;|gt;)/);
  expect(svg).toContain('@media (prefers-color-scheme: dark)');
});

test('an image that was not measured has no bars', () => {
  const { grid } = testResults();
  const cells = grid.cells.filter(({ image }) => image === '28');
  expect(widths(drawChart(testResults({ grid: { ...grid, cells } })))).toHaveLength(2);
});
