import { expect, it } from 'vitest';
import { resultOf, succeededNumber } from '../testing/predictions.ts';
import { runnerUp, sureness } from './confidence.ts';

it.each([
  [0.999, 'certain'],
  [0.99, 'certain'],
  [0.96, 'very'],
  [0.85, 'fairly'],
  [0.6, 'unsure'],
  [0.3, 'guess'],
])('%f is: %s', (confidence, words) => {
  expect(sureness(resultOf(3, confidence))).toBe(words);
});

it('is never sure of a result that the network calls uncertain', () => {
  expect(sureness(resultOf(3, 0.999, true))).toBe('perhaps-none');
  expect(sureness(resultOf(3, 0.4, true))).toBe('perhaps-none');
  expect(sureness({ text: '42', confidence: 0.9, uncertain: true })).toBe('perhaps-not-all');
});

it('names the second most probable digit only when it is worth a mention', () => {
  const close = { ...resultOf(3), probabilities: [0, 0, 0, 0.6, 0, 0.06, 0, 0, 0.34, 0] };
  expect(runnerUp(close)).toEqual({ digit: 8, probability: 0.34 });
  expect(runnerUp(resultOf(3, 0.99))).toBeNull();
  expect(runnerUp(succeededNumber('42').result!)).toBeNull();
});
