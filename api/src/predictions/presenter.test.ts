import { prediction } from '@inkqueue/shared/contracts/prediction';
import { expect, test } from 'vitest';
import { createIds } from '../queue/ids.ts';
import { type PredictionState, QUEUED } from '../queue/state.ts';
import { MODEL, NO_INK, RESULT, TIMINGS } from '../testing/job-results.ts';
import { createPresenter } from './presenter.ts';

const ids = createIds(Buffer.alloc(32));
const id = ids.at({ jobId: ids.newJob(), index: 0 });
const present = createPresenter({ feedback: false });

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

test.each([QUEUED, running, succeeded, failed])('$status is a prediction as in the contract', (state) => {
  const presented = present(id, state);
  expect(prediction.parse(presented)).toEqual(presented);
  expect(presented).toMatchObject({ id, status: state.status });
});

test('a queued prediction has the position that was looked up', () => {
  expect(present(id, { status: 'queued', position: 3, startMs: 20 })).toMatchObject({ queue_position: 3 });
  expect(present(id, running)).toMatchObject({
    queue_position: null,
    started_at: '1970-01-01T00:00:01.000Z',
  });
});

test('a prediction that succeeded has its result', () => {
  expect(present(id, succeeded)).toMatchObject({
    result: RESULT,
    model: MODEL,
    timings: TIMINGS,
    started_at: '1970-01-01T00:00:01.000Z',
    finished_at: '1970-01-01T00:00:02.000Z',
    error: null,
    preview: null,
  });
});

test('the network’s input is there where the client asked for it', () => {
  const preview = { width: 1, height: 1, pixels: '/w==' };
  const presented = present(id, { ...succeeded, preview });
  expect(prediction.parse(presented)).toEqual(presented);
  expect(presented.preview).toEqual(preview);
});

test('a prediction that failed has its error, and the start where it is known', () => {
  expect(present(id, failed)).toMatchObject({
    error: NO_INK,
    result: null,
    started_at: null,
    finished_at: '1970-01-01T00:00:03.000Z',
  });
  expect(present(id, { ...failed, startedAt: 1_000 }).started_at).toBe('1970-01-01T00:00:01.000Z');
});

test('where the operator asks for feedback, each state links to it', () => {
  const asking = createPresenter({ feedback: true });
  for (const state of [QUEUED, succeeded, failed]) {
    expect(asking(id, state).links).toEqual({
      self: `/predictions/${id}`,
      feedback: `/predictions/${id}/feedback`,
    });
    expect(present(id, state).links.feedback).toBeNull();
  }
});

test('what has ended says until when it is kept, and what goes on does not', () => {
  const keeping = createPresenter({ feedback: false, resultTtlMs: 3_600_000 });
  for (const state of [succeeded, failed]) {
    const expiry = state.finishedAt + 3_600_000;
    expect(keeping(id, state).expires_at).toBe(new Date(expiry).toISOString());
    expect(present(id, state)).not.toHaveProperty('expires_at');
  }
  expect(keeping(id, QUEUED)).not.toHaveProperty('expires_at');
});
