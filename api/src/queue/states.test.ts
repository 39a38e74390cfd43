import type { JobResult } from '@inkqueue/shared/contracts/job';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { expect, test } from 'vitest';
import { createIds } from './ids.ts';
import { accepted, apply, changeAt, type StateChange } from './states.ts';

const ids = createIds(Buffer.alloc(32));
const id = ids.at({ jobId: ids.newJob(), index: 0 });
const error = { code: 'no-ink', detail: 'No ink.', retryable: false } as const;
const outcome = {
  result: {
    predicted_digit: 1,
    confidence: 1,
    probabilities: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    uncertain: false,
  },
  timings: { queue_ms: 1, decode_ms: 1, normalize_ms: 1, inference_ms: 1, batch_size: 1 },
};
const job: JobResult = {
  model: { name: 'test', version: '1' },
  started_at: 1_000,
  finished_at: 2_000,
  outcomes: [outcome, { error }],
};
const queued: StateChange = { to: 'queued', at: 500 };
const running: StateChange = { to: 'running', at: 1_000 };
const succeeded = { to: 'succeeded', job, outcome } satisfies StateChange;
const failed: StateChange = { to: 'failed', error, at: 3_000 };

const after = (...changes: StateChange[]) =>
  changes.reduce(apply, { ...accepted(id, { feedback: false }), queue_position: 3 });

test('every state is a prediction as the contract has it', () => {
  for (const state of [after(), after(running), after(running, succeeded), after(running, failed)]) {
    expect(prediction.parse(state)).toEqual(state);
  }
});

test('queued → running → succeeded', () => {
  expect(after(running)).toMatchObject({
    status: 'running',
    started_at: '1970-01-01T00:00:01.000Z',
    queue_position: null,
  });
  expect(after(running, succeeded)).toMatchObject({
    status: 'succeeded',
    result: outcome.result,
    model: job.model,
    timings: outcome.timings,
    finished_at: '1970-01-01T00:00:02.000Z',
    error: null,
  });
});

test('where people are asked what their pictures show, it says where to tell', () => {
  const state = accepted(id, { feedback: true });
  expect(state.links).toEqual({ self: `/predictions/${id}`, feedback: `/predictions/${id}/feedback` });
  expect(after().links.feedback).toBeNull();
  expect(apply(state, succeeded).links).toEqual(state.links);
});

test('what the network saw is told where it was asked for', () => {
  const preview = { width: 1, height: 1, pixels: '/w==' };
  const state = after(running, { ...succeeded, outcome: { ...outcome, preview } });
  expect(prediction.parse(state)).toEqual(state);
  expect(state.preview).toEqual(preview);
  expect(after(running, succeeded).preview).toBeNull();
});

test('a failure keeps when it started', () => {
  expect(after(running, failed)).toMatchObject({
    status: 'failed',
    error,
    result: null,
    started_at: '1970-01-01T00:00:01.000Z',
    finished_at: '1970-01-01T00:00:03.000Z',
  });
});

test('each prediction of a job ends with its own outcome', () => {
  const completed = { jobId: 'a', to: 'completed', job } as const;
  expect(after(running, changeAt(completed, 0))).toEqual(after(running, succeeded));
  const refused = after(running, changeAt(completed, 1));
  expect(prediction.parse(refused)).toEqual(refused);
  expect(refused).toMatchObject({
    status: 'failed',
    error,
    started_at: '1970-01-01T00:00:01.000Z',
    finished_at: '1970-01-01T00:00:02.000Z',
  });
});

test('a prediction that its job’s result leaves out has failed', () => {
  expect(changeAt({ jobId: 'a', to: 'completed', job }, 2)).toMatchObject({
    to: 'failed',
    error: { code: 'internal', retryable: true },
  });
});

test('any other change of a job is one of all its predictions', () => {
  const changes = [
    { jobId: 'a', to: 'queued', at: 500 },
    { jobId: 'a', to: 'running', at: 1_000 },
    { jobId: 'a', to: 'failed', error, at: 3_000 },
  ] as const;
  for (const change of changes) {
    expect(changeAt(change, 0)).toMatchObject({ to: change.to, at: change.at });
    expect(changeAt(change, 7)).toEqual(changeAt(change, 0));
  }
});

test('a retry waits anew', () => {
  expect(after(running, queued)).toMatchObject({ status: 'queued', started_at: null });
  expect(after(running, queued, running, succeeded)).toMatchObject({ status: 'succeeded' });
});

test('an end without a start is an end', () => {
  expect(after(succeeded)).toMatchObject({ status: 'succeeded', started_at: '1970-01-01T00:00:01.000Z' });
  expect(after(failed)).toMatchObject({ status: 'failed', started_at: null });
});

test.each([
  ['queued', [], queued],
  ['running', [running], running],
  ['succeeded', [running, succeeded], failed],
  ['succeeded', [running, succeeded], running],
  ['failed', [failed], succeeded],
  ['failed', [failed], queued],
] as const)('what is %s is not changed by a change that can’t be', (_, before, change) => {
  const state = after(...before);
  expect(apply(state, change)).toBe(state);
});
