import { expect, test } from 'vitest';
import { JOB_PICTURES_MAX, jobData, outcome } from './job.ts';

test('a job holds between one image and JOB_PICTURES_MAX', () => {
  const of = (count: number) => jobData.safeParse({ pictures: Array(count).fill({ bytes: 1 }) }).success;
  expect([0, 1, JOB_PICTURES_MAX, JOB_PICTURES_MAX + 1].map(of)).toEqual([false, true, true, false]);
});

test('the error of an outcome survives JSON, and its code must be in the problem table', () => {
  const ended = { error: { code: 'no-ink', detail: 'No ink: “∅”.', retryable: false } };
  expect(outcome.parse(JSON.parse(JSON.stringify(ended)))).toEqual(ended);
  expect(outcome.safeParse({ error: { ...ended.error, code: 'made-up' } }).success).toBe(false);
  expect(outcome.safeParse({}).success).toBe(false);
});
