import { feedback as contract } from '@inkqueue/shared/contracts/feedback';
import { beforeEach, expect, test } from 'vitest';
import { createPresenter } from '../predictions/presenter.ts';
import { createIds } from '../queue/ids.ts';
import { type PredictionState, QUEUED } from '../queue/state.ts';
import { MODEL, NO_INK, NUMBERS, RESULT, TIMINGS } from '../testing/job-results.ts';
import { createFeedback } from './feedback.ts';
import type { FeedbackRecord } from './records.ts';

const ids = createIds(Buffer.alloc(32));
const id = ids.at({ jobId: ids.newJob(), index: 0 });
const present = createPresenter({ feedback: true });
const preview = { width: 1, height: 1, pixels: '/w==' };
const result = { ...RESULT, predicted_digit: 7, text: '7', confidence: 0.6, uncertain: true };
const succeeded: PredictionState = {
  status: 'succeeded',
  startedAt: 1,
  finishedAt: 2,
  model: MODEL,
  result,
  timings: TIMINGS,
  preview,
};

let saved: [string, FeedbackRecord, { max: number }][];
let hasRoom: boolean;
beforeEach(() => {
  saved = [];
  hasRoom = true;
});

const feedbackOn = (state: PredictionState) =>
  createFeedback({
    predictions: { find: async () => present(id, state) },
    records: {
      save: async (...record) => {
        saved.push(record);
        return hasRoom;
      },
    },
    max: 9,
  });

test('feedback is saved beside the prediction’s own result', async () => {
  const feedback = await feedbackOn(succeeded).save(id, { digit: 1 });
  expect(contract.parse(feedback)).toEqual({ id, digit: 1, text: '1', at: feedback.at });
  const record = {
    digit: 1,
    text: '1',
    at: feedback.at,
    predicted_digit: 7,
    predicted_text: '7',
    confidence: 0.6,
    uncertain: true,
    error: null,
    model: MODEL,
    preview,
  };
  expect(saved).toEqual([[id, record, { max: 9 }]]);
});

test('feedback on a prediction that failed is saved with its error', async () => {
  await feedbackOn({ status: 'failed', error: NO_INK, startedAt: null, finishedAt: 2 }).save(id, {
    digit: null,
  });
  expect(saved[0]?.[1]).toMatchObject({
    digit: null,
    text: null,
    predicted_digit: null,
    predicted_text: null,
    error: 'no-ink',
    model: null,
  });
});

test('feedback on several digits is a text; one digit, and none, are the same in both ways', async () => {
  const { save } = feedbackOn({ ...succeeded, result: NUMBERS });
  expect(await save(id, { text: '12\n7' })).toMatchObject({ digit: null, text: '12\n7' });
  expect(saved[0]?.[1]).toMatchObject({
    digit: null,
    text: '12\n7',
    predicted_digit: null,
    predicted_text: '42\n7',
  });
  expect(await save(id, { text: '0' })).toEqual({
    ...(await save(id, { digit: 0 })),
    at: expect.any(String),
  });
  expect(await save(id, { text: null })).toEqual({
    ...(await save(id, { digit: null })),
    at: expect.any(String),
  });
});

test.each([QUEUED, { status: 'running', startedAt: 1 } as const])(
  'a prediction that is $status takes no feedback yet',
  async (state) => {
    await expect(feedbackOn(state).save(id, { digit: 1 })).rejects.toMatchObject({ code: 'not-finished' });
    expect(saved).toEqual([]);
  },
);

test('feedback for which there is no room is refused', async () => {
  hasRoom = false;
  await expect(feedbackOn(succeeded).save(id, { digit: 1 })).rejects.toMatchObject({ code: 'feedback-full' });
});
