import { expect, test } from 'vitest';
import { testStep } from '../../testing/results.ts';
import { isDisturbed, stepSeconds, whyNot } from './step.ts';

test('a step holds while its p99 is at most 50 ms', () => {
  expect(whyNot(testStep())).toBeNull();
  expect(whyNot(testStep({ p99: 50.1 }))).toBe('late');
  expect(whyNot(testStep({ p99: Number.NaN, answered: 0 }))).toBe('late');
});

test('a step that was given up does not hold, though the requests until then were quick', () => {
  expect(whyNot(testStep({ isCutShort: true, p99: 20 }))).toBe('late');
});

test('one request that failed is one too many', () => {
  expect(whyNot(testStep({ failed: 1, answered: 2_999 }))).toBe('failed');
});

test('a backlog of more requests than fit into 50 ms grows', () => {
  expect(whyNot(testStep({ backlog: 50 }))).toBeNull();
  expect(whyNot(testStep({ backlog: 51 }))).toBe('backlog');
  expect(whyNot(testStep({ rate: 10, backlog: 4 }))).toBeNull();
  expect(whyNot(testStep({ rate: 10, backlog: 5 }))).toBe('backlog');
});

test('a late generator and other programs disturb a step', () => {
  expect(isDisturbed({ lagP99: 1, foreign: 0.01 })).toBe(false);
  expect(isDisturbed({ lagP99: 5.1, foreign: 0 })).toBe(true);
  expect(isDisturbed({ lagP99: 1, foreign: 0.06 })).toBe(true);
});

test('a step at a low rate takes longer, up to four times, for 300 requests', () => {
  expect(stepSeconds({ rate: 1_000, seconds: 3 })).toBe(3);
  expect(stepSeconds({ rate: 60, seconds: 3 })).toBe(5);
  expect(stepSeconds({ rate: 10, seconds: 3 })).toBe(12);
});
