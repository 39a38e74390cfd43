import { feedback as contract } from '@inkqueue/shared/contracts/feedback';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { beforeEach, expect, test } from 'vitest';
import { createIds } from '../queue/ids.ts';
import { accepted, apply } from '../queue/states.ts';
import { createFeedback } from './feedback.ts';
import type { FeedbackRecord } from './records.ts';

const ids = createIds(Buffer.alloc(32));
const id = ids.at({ jobId: ids.newJob(), index: 0 });
const queued = accepted(id, { feedback: true });
const preview = { width: 1, height: 1, pixels: '/w==' };
const model = { name: 'test', version: '1' };
const read = apply(queued, {
  to: 'succeeded',
  job: { model, started_at: 1, finished_at: 2 },
  outcome: {
    result: { predicted_digit: 7, confidence: 0.6, probabilities: Array(10).fill(0.1), uncertain: true },
    timings: { queue_ms: 1, decode_ms: 1, normalize_ms: 1, inference_ms: 1, batch_size: 1 },
    preview,
  },
});
const error = { code: 'no-ink', detail: '', retryable: false } as const;

let kept: [string, FeedbackRecord, { max: number }][];
let room: boolean;
beforeEach(() => {
  kept = [];
  room = true;
});

const about = (prediction: Prediction) =>
  createFeedback({
    predictions: { find: async () => prediction },
    records: {
      keep: async (...asked) => {
        kept.push(asked);
        return room;
      },
    },
    max: 9,
  });

test('what is said is kept beside what the prediction said', async () => {
  const said = await about(read).say(id, { digit: 1 });
  expect(contract.parse(said)).toEqual({ id, digit: 1, at: said.at });
  const record = { digit: 1, at: said.at, predicted_digit: 7, confidence: 0.6, uncertain: true, error: null };
  expect(kept).toEqual([[id, { ...record, model, preview }, { max: 9 }]]);
});

test('of one that failed it is kept why', async () => {
  await about(apply(queued, { to: 'failed', error, at: 2 })).say(id, { digit: null });
  expect(kept[0]?.[1]).toMatchObject({ digit: null, predicted_digit: null, error: 'no-ink', model: null });
});

test.each([queued, apply(queued, { to: 'running', at: 1 })])(
  'one that is $status has no say yet',
  async (now) => {
    await expect(about(now).say(id, { digit: 1 })).rejects.toMatchObject({ code: 'not-finished' });
    expect(kept).toEqual([]);
  },
);

test('one for which there is no room is told so', async () => {
  room = false;
  await expect(about(read).say(id, { digit: 1 })).rejects.toMatchObject({ code: 'feedback-full' });
});
