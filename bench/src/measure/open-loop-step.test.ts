import { expect, test } from 'vitest';
import { testStep } from '../testing/results.ts';
import { isDisturbed, whyNot } from './open-loop-step.ts';

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
