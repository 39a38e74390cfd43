import { expect, test } from 'vitest';
import { JOB_PICTURES_MAX, jobData, jobFailure, outcome } from './job.ts';

test('a job taken over too often: workers were lost', () => {
  expect(jobFailure('job stalled more than allowable limit')).toMatchObject({
    code: 'worker-lost',
    retryable: true,
  });
});

test.each([
  'Error: /srv/secret is gone',
  '',
  '{}',
  '{"code":"no-ink","detail":"secret","retryable":false}',
  'null',
])('anything else is internal, without its text: %s', (reason) => {
  const failure = jobFailure(reason);
  expect(failure).toMatchObject({ code: 'internal', retryable: true });
  expect(failure.detail).not.toContain('secret');
});

test('a job holds at least one picture and at most so many', () => {
  const of = (count: number) => jobData.safeParse({ pictures: Array(count).fill({ bytes: 1 }) }).success;
  expect([0, 1, JOB_PICTURES_MAX, JOB_PICTURES_MAX + 1].map(of)).toEqual([false, true, true, false]);
});

test('an outcome’s error comes back as it went in, with a code that is known', () => {
  const ended = { error: { code: 'no-ink', detail: 'No ink: “∅”.', retryable: false } };
  expect(outcome.parse(JSON.parse(JSON.stringify(ended)))).toEqual(ended);
  expect(outcome.safeParse({ error: { ...ended.error, code: 'made-up' } }).success).toBe(false);
  expect(outcome.safeParse({}).success).toBe(false);
});
