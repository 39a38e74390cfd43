import { expect, it } from 'vitest';
import { chooseWay, type Judged } from './choose.ts';

/** A candidate for the pieces from `from` up to and without `to`. */
function judged(from: number, to: number, confidence: number, { digitScore = 1, cost = 0 } = {}): Judged {
  return {
    from,
    to,
    cost,
    isDoubtful: false,
    pixels: new Uint8Array(784),
    box: { left: 0, top: 0, width: 1, height: 1 },
    classification: { probabilities: [], digit: 0, confidence, digitScore, uncertain: false },
  };
}

const chosen = (pieces: number, candidates: readonly Judged[]) =>
  chooseWay({ pieces }, candidates).map(({ from, to }) => [from, to]);

it('keeps pieces apart that are digits of their own', () => {
  expect(chosen(2, [judged(0, 1, 0.99), judged(0, 2, 0.6), judged(1, 2, 0.98)])).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

it('joins pieces that are a digit only together', () => {
  expect(chosen(2, [judged(0, 1, 0.4), judged(0, 2, 0.97), judged(1, 2, 0.5)])).toEqual([[0, 2]]);
});

it('takes the one way of several that is cheapest as a whole', () => {
  const candidates = [
    judged(0, 1, 0.9),
    judged(0, 2, 0.95),
    judged(1, 2, 0.3),
    judged(1, 3, 0.96),
    judged(2, 3, 0.3),
  ];
  expect(chosen(3, candidates)).toEqual([
    [0, 1],
    [1, 3],
  ]);
});

it('counts against a candidate that it looks like no digit, however clear the digit', () => {
  const candidates = (digitScore: number) => [
    judged(0, 1, 0.8),
    judged(1, 2, 0.8),
    judged(0, 2, 0.99, { digitScore }),
  ];
  expect(chosen(2, candidates(1))).toHaveLength(1);
  expect(chosen(2, candidates(0.2))).toHaveLength(2);
});

it('counts against a candidate what spoke against it before', () => {
  const candidates = (cost: number) => [judged(0, 1, 0.8), judged(1, 2, 0.8), judged(0, 2, 0.9, { cost })];
  expect(chosen(2, candidates(0))).toHaveLength(1);
  expect(chosen(2, candidates(3))).toHaveLength(2);
});

it('asks as much of a digit of two pieces as of two digits', () => {
  // 0.7 is more than 0.8 × 0.8, but 0.7 × 0.7 is less.
  expect(chosen(2, [judged(0, 1, 0.8), judged(1, 2, 0.8), judged(0, 2, 0.7)])).toHaveLength(2);
});

it('takes a bad candidate rather than none', () => {
  expect(chosen(2, [judged(0, 1, 0), judged(1, 2, 0.99)])).toHaveLength(2);
});

it('leaves out what no candidate covers', () => {
  expect(chosen(3, [judged(0, 1, 0.9), judged(2, 3, 0.9)])).toEqual([
    [0, 1],
    [2, 3],
  ]);
  expect(chosen(2, [])).toEqual([]);
});

it('finds nothing on an empty line', () => expect(chosen(0, [])).toEqual([]));
