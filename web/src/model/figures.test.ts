import type { MeasuredSet } from '@inkqueue/shared/contracts/model-card';
import { expect, it } from 'vitest';
import { kindsOf, misreadings, reliabilityPoints } from './figures.ts';

const confusion = Array.from({ length: 10 }, (_, digit) =>
  Array.from({ length: 10 }, (_, read): number => (digit === read ? 90 : 0)),
);
confusion[4]![9] = 3;
confusion[7]![1] = 5;
confusion[1]![7] = 1;

const set: MeasuredSet = {
  n: 909,
  accuracy: 0.99,
  by_kind: { photo: { n: 10, correct: 9 }, scan: { n: 4, correct: 2 }, canvas: { n: 20, correct: 18 } },
  confusion,
  reliability: [
    { n: 0, correct: 0, confidence: null },
    { n: 4, correct: 1, confidence: 0.3 },
    { n: 100, correct: 99, confidence: 0.98 },
  ],
};

it('names the commonest misreadings first, and nothing that was read right', () => {
  expect(misreadings(set, 2)).toEqual([
    { digit: 7, read: 1, count: 5 },
    { digit: 4, read: 9, count: 3 },
  ]);
});

it('sets how right against how sure, where there are results', () => {
  expect(reliabilityPoints(set)).toEqual([
    { sure: 0.3, right: 0.25, n: 4 },
    { sure: 0.98, right: 0.99, n: 100 },
  ]);
  const { reliability: _, ...unmeasured } = set;
  expect(reliabilityPoints(unmeasured)).toEqual([]);
});

it('lists the hardest kinds first', () => {
  expect(kindsOf(set).map(({ kind }) => kind)).toEqual(['scan', 'canvas', 'photo']);
});
