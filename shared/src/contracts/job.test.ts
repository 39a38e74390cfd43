import { expect, test } from 'vitest';
import { formatFailure, parseFailure } from './job.ts';

test('a named failure comes back as it went in', () => {
  const error = { code: 'no-ink', detail: 'No ink: “∅”.', retryable: false } as const;
  expect(parseFailure(formatFailure(error))).toEqual(error);
});

test.each(['job stalled more than allowable limit', 'job stalled more than 2 times'])(
  '%s: workers were lost',
  (reason) => {
    expect(parseFailure(reason)).toMatchObject({ code: 'worker-lost', retryable: true });
  },
);

test.each([
  'Error: /srv/secret is gone',
  '',
  '{}',
  '{"code":"made-up","detail":"","retryable":false}',
  'null',
])('anything else is internal, without its text: %s', (reason) => {
  const failure = parseFailure(reason);
  expect(failure).toMatchObject({ code: 'internal', retryable: true });
  expect(failure.detail).not.toContain('secret');
});
