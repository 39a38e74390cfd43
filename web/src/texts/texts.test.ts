import { type ProblemCode, problemKinds } from '@inkqueue/shared/contracts/problems';
import { expect, it } from 'vitest';
import { failureText, goneImageText, resultFailureText } from './failures.ts';
import { texts } from './texts.ts';

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

it('shows a number in one line, shortened where it is long', () => {
  expect(texts.short('42')).toBe('42');
  expect(texts.short('12\n34')).toBe('12 / 34');
  expect(texts.short('123456789012')).toBe('123456789012');
  expect(texts.short('1234567890123')).toBe('12345678901…');
  expect(texts.aloud('12\n34')).toBe('12, 34');
});

it('never rounds a digit up to certainty', () => {
  expect(texts.wholePercent(0.999)).toBe('99 %');
  expect(texts.wholePercent(0.614)).toBe('61 %');
});

/** Problems of requests that this page never makes. */
const OTHER_CLIENTS_CODES = [
  'invalid-request',
  'malformed-upload',
  'missing-file',
  'unexpected-field',
  'too-many-files',
  'not-finished',
  'not-retryable',
  'list-off',
  'picture-gone',
  'already-finished',
  'idempotency-in-progress',
  'idempotency-mismatch',
  'not-found',
  'model-not-found',
  'method-not-allowed',
  'unsupported-media-type',
  'webhooks-off',
];

it('has a text for every problem that this page can meet', () => {
  const other = failureText('model-not-found');
  const codes = Object.keys(problemKinds) as ProblemCode[];
  const missing = codes.filter((code) => failureText(code) === other);
  expect(missing.sort()).toEqual(OTHER_CLIENTS_CODES.sort());
  expect(failureText('no-ink').what).toBe('No digit found.');
  expect(other.what).toBe('The service refused this picture.');
});

it('does not promise that a picture is kept which the page does not have', () => {
  const codes = Object.keys(problemKinds) as ProblemCode[];
  for (const code of [...codes, 'offline', 'unreachable'] as const) {
    expect(goneImageText(code).what).toBe(failureText(code).what);
    for (const text of [goneImageText(code), resultFailureText(code)])
      expect(text.next).not.toContain('kept here');
  }
  expect(failureText('busy').next).toBe('Your picture is kept here.');
  expect(goneImageText('busy').next).toBe('The result may still be there.');
});
