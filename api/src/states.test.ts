import type { JobResult } from '@inkqueue/shared/contracts/job';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { expect, test } from 'vitest';
import { createIds } from './ids.ts';
import { accepted, apply, type StateChange } from './states.ts';

const id = createIds(Buffer.alloc(32)).issue();
const job: JobResult = {
  model: { name: 'test', version: '1' },
  result: {
    predicted_digit: 1,
    confidence: 1,
    probabilities: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    uncertain: false,
  },
  timings: { queue_ms: 1, decode_ms: 1, normalize_ms: 1, inference_ms: 1, batch_size: 1 },
  started_at: 1_000,
  finished_at: 2_000,
};
const error = { code: 'no-ink', detail: 'No ink.', retryable: false } as const;
const queued: StateChange = { id, to: 'queued', at: 500 };
const running: StateChange = { id, to: 'running', at: 1_000 };
const succeeded: StateChange = { id, to: 'succeeded', job };
const failed: StateChange = { id, to: 'failed', error, at: 3_000 };

const after = (...changes: StateChange[]) => changes.reduce(apply, { ...accepted(id), queue_position: 3 });

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
    result: job.result,
    model: job.model,
    timings: job.timings,
    finished_at: '1970-01-01T00:00:02.000Z',
    error: null,
  });
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
