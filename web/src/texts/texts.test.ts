import { problemKinds } from '@inkqueue/shared/contracts/problems';
import { expect, it } from 'vitest';
import { failureText, texts } from './texts.ts';

it('never rounds up to certainty or down to zero', () => {
  expect(texts.percent(0.99996)).toBe('> 99.9 %');
  expect(texts.percent(1)).toBe('> 99.9 %');
  expect(texts.percent(0)).toBe('< 0.1 %');
  expect(texts.percent(0.5)).toBe('50 %');
  expect(texts.percent(0.1234)).toBe('12.3 %');
});

it('shows short times with a decimal, long ones without', () => {
  expect(texts.milliseconds(0.123)).toBe('0.1 ms');
  expect(texts.milliseconds(9.96)).toBe('10 ms');
  expect(texts.milliseconds(123.4)).toBe('123 ms');
});

/** Problems of requests that this page never makes. */
const OTHER_CLIENTS_CODES = [
  'invalid-request',
  'malformed-upload',
  'missing-file',
  'unexpected-field',
  'too-many-files',
  'not-finished',
  'not-found',
  'model-not-found',
  'method-not-allowed',
  'unsupported-media-type',
];

it('has a text for every problem that this page can meet', () => {
  const missing = Object.keys(problemKinds).filter((code) => !(code in texts.failures));
  expect(missing.sort()).toEqual(OTHER_CLIENTS_CODES.sort());
  expect(failureText('no-ink').what).toBe('No digit found.');
  expect(failureText('model-not-found')).toBe(texts.otherFailure);
});
