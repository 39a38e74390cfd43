import { expect, test } from 'vitest';
import { JOB_PICTURES_MAX, jobData, jobResult, outcome, toStored } from './job.ts';
import { predictionResult } from './prediction.ts';

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

test('a result of a worker that reads one digit alone is completed, and a newer one stays as it is', () => {
  const former = {
    predicted_digit: 7,
    confidence: 0.9,
    probabilities: [0, 0, 0, 0, 0, 0, 0, 0.9, 0.1, 0],
    uncertain: true,
  };
  const completed = {
    ...former,
    text: '7',
    digits: [{ digit: 7, confidence: 0.9, box: null, uncertain: true }],
  };
  const timings = { queue_ms: 1, decode_ms: 1, normalize_ms: 1, inference_ms: 1, batch_size: 1 };
  const job = { model: { name: 'test', version: '1' }, started_at: 1, finished_at: 2 };
  const box = { left: 0, top: 0, width: 9, height: 9 };
  const digits = [4, 2].map((digit) => ({ digit, confidence: 0.5, box, uncertain: false }));
  const several = {
    predicted_digit: null,
    reason: 'several-digits',
    text: '42',
    digits,
    confidence: 0.25,
    probabilities: null,
    uncertain: false,
  };
  const results = [former, several].map((result) => ({ result, timings }));
  expect(jobResult.parse({ ...job, outcomes: results })).toEqual({
    ...job,
    outcomes: [completed, several].map((result) => ({ result, timings })),
  });
  // A worker of today writes one digit as briefly, with its box.
  const boxed = { ...completed, digits: [{ digit: 7, confidence: 0.9, box, uncertain: true }] };
  expect(toStored(boxed)).toEqual({ ...former, box });
  expect(outcome.parse({ result: toStored(boxed), timings })).toEqual({ result: boxed, timings });
  const read = predictionResult.parse(several);
  expect([toStored(completed), toStored(read)]).toEqual([completed, read]);
  // What an api writes back is read by the next one.
  expect(outcome.parse({ result: completed, timings })).toEqual({ result: completed, timings });
  expect(outcome.safeParse({ result: { ...former, predicted_digit: null }, timings }).success).toBe(false);
});

test('what a newer worker says of its work is read, and an older one need not say it', () => {
  const timings = { queue_ms: 1, decode_ms: 1, normalize_ms: 1, inference_ms: 1, batch_size: 1 };
  const result = {
    predicted_digit: 7,
    confidence: 1,
    probabilities: [0, 0, 0, 0, 0, 0, 0, 1, 0, 0],
    uncertain: false,
  };
  const job = { model: { name: 'test', version: '1' }, started_at: 1, finished_at: 2 };
  const older = jobResult.parse({ ...job, outcomes: [{ result, timings }] });
  expect(older).not.toHaveProperty('worker');
  expect(older.outcomes[0]).not.toHaveProperty('explanation');
  const explanation = {
    width: 1,
    height: 1,
    patch: 6,
    digits: [{ scale: 0.5, values: Array(10).fill('fw==') }],
  };
  const newer = {
    result,
    timings: { ...timings, batch_pictures: 3, explain_ms: 6 },
    explanation,
  };
  expect(jobResult.parse({ ...job, worker: 'w', outcomes: [newer] })).toMatchObject({
    worker: 'w',
    outcomes: [{ explanation, timings: { batch_pictures: 3 } }],
  });
  const tooFew = { ...explanation, digits: [{ scale: 0.5, values: ['fw=='] }] };
  expect(outcome.safeParse({ ...newer, explanation: tooFew }).success).toBe(false);
});
