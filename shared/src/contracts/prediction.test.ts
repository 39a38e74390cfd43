import { expect, test } from 'vitest';
import { canTransition, isFinal, predictionStatus } from './prediction.ts';

const all = predictionStatus.options;

test.each([
  ['queued', ['running', 'failed', 'canceled']],
  ['running', ['queued', 'succeeded', 'failed', 'canceled']],
  ['succeeded', []],
  ['failed', []],
  ['canceled', []],
] as const)('from %s to %j', (from, to) => {
  expect(all.filter((status) => canTransition(from, status)).sort()).toEqual([...to].sort());
});

test('the final states are those that nothing leaves', () => {
  expect(all.filter(isFinal)).toEqual(['succeeded', 'failed', 'canceled']);
});
