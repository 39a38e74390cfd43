import { expect, test } from 'vitest';
import { jobOf, MODEL, NO_INK, RESULT, SUCCEEDED, TIMINGS } from '../testing/job-results.ts';
import { advance, type JobState, type PredictionState, QUEUED, stateAt } from './state.ts';

const running: PredictionState = { status: 'running', startedAt: 1_000 };
const succeeded: PredictionState = {
  status: 'succeeded',
  startedAt: 1_000,
  finishedAt: 2_000,
  model: MODEL,
  result: RESULT,
  timings: TIMINGS,
};
const failed: PredictionState = { status: 'failed', error: NO_INK, startedAt: null, finishedAt: 3_000 };

const after = (...states: PredictionState[]) =>
  states.reduce(advance, { status: 'queued', position: 3, startMs: null });

test('each prediction of a job ends with its own outcome', () => {
  const job: JobState = { status: 'completed', result: jobOf(SUCCEEDED, { error: NO_INK }) };
  expect(stateAt(job, 0)).toEqual(succeeded);
  expect(stateAt(job, 1)).toEqual({
    status: 'failed',
    error: NO_INK,
    startedAt: 1_000,
    finishedAt: 2_000,
  });
});

test('the network’s input is in the state of the prediction whose client asked for it', () => {
  const preview = { width: 1, height: 1, pixels: '/w==' };
  const job: JobState = { status: 'completed', result: jobOf({ ...SUCCEEDED, preview }, SUCCEEDED) };
  expect(stateAt(job, 0)).toMatchObject({ preview });
  expect(stateAt(job, 1)).not.toHaveProperty('preview');
});

test('a prediction that its job’s result leaves out has failed', () => {
  expect(stateAt({ status: 'completed', result: jobOf(SUCCEEDED) }, 2)).toMatchObject({
    status: 'failed',
    error: { code: 'internal', retryable: true },
  });
});

test('any other state of a job is the state of all its predictions', () => {
  const states: JobState[] = [
    { status: 'queued' },
    { status: 'running', startedAt: 1_000 },
    { status: 'failed', error: NO_INK, startedAt: 1, finishedAt: 3_000 },
  ];
  for (const state of states) {
    expect(stateAt(state, 0)).toMatchObject(state);
    expect(stateAt(state, 7)).toEqual(stateAt(state, 0));
  }
});

test('queued → running → succeeded', () => {
  expect(after(running)).toEqual(running);
  expect(after(running, succeeded)).toEqual(succeeded);
});

test('a failure keeps the start that was known before', () => {
  expect(after(running, failed)).toEqual({ ...failed, startedAt: 1_000 });
  expect(after(running, { ...failed, startedAt: 1_500 })).toMatchObject({ startedAt: 1_500 });
});

test('a retry waits again', () => {
  expect(after(running, QUEUED)).toEqual(QUEUED);
  expect(after(running, QUEUED, running, succeeded)).toEqual(succeeded);
});

test('an end without a start is an end', () => {
  expect(after(succeeded)).toEqual(succeeded);
  expect(after(failed)).toEqual(failed);
});

test.each([
  ['queued', [], QUEUED],
  ['running', [running], running],
  ['succeeded', [running, succeeded], failed],
  ['succeeded', [running, succeeded], running],
  ['failed', [failed], succeeded],
  ['failed', [failed], QUEUED],
] as const)('%s stays where the state machine has no such transition', (_, before, next) => {
  const state = after(...before);
  expect(advance(state, next)).toBe(state);
});
