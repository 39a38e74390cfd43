import { expect, it } from 'vitest';
import { type Feedback, type FeedbackEvent, feedbackOn, nextFeedback } from './feedback.ts';

const replay = (events: FeedbackEvent[], id = 'a', from: readonly Feedback[] = []) =>
  events.reduce((all, event) => nextFeedback(all, id, event), from);
const lost: FeedbackEvent = { type: 'failed', code: 'unreachable', retryable: true };
const opened: FeedbackEvent = { type: 'opened' };
const kept: FeedbackEvent = { type: 'kept' };
const said = (digit: number | null): FeedbackEvent => ({ type: 'said', digit });

it('is opened, sent and kept', () => {
  const phases = [opened, said(4), kept].map((_, index, all) => replay(all.slice(0, index + 1))[0]?.phase);
  expect(phases).toEqual(['open', 'sending', 'kept']);
  expect(feedbackOn(replay([opened, said(null), kept]), 'a')).toMatchObject({ said: null, failure: null });
});

it('can be changed once it is kept', () => {
  expect(replay([opened, said(4), kept, opened])).toMatchObject([{ phase: 'open', said: 4 }]);
  expect(replay([opened, said(4), kept, opened, said(9), kept])).toMatchObject([{ phase: 'kept', said: 9 }]);
});

it('that failed is said again, or otherwise', () => {
  const failed = replay([opened, said(4), lost]);
  expect(failed).toMatchObject([{ phase: 'failed', said: 4, failure: { code: 'unreachable' } }]);
  expect(replay([said(9)], 'a', failed)).toMatchObject([{ phase: 'sending', said: 9, failure: null }]);
});

it('goes one at a time', () => {
  const sending = replay([opened, said(4)]);
  expect(replay([said(9)], 'a', sending)).toBe(sending);
  expect(replay([{ type: 'closed' }], 'a', sending)).toBe(sending);
});

it('is forgotten when it is closed before anything was said', () => {
  expect(replay([opened, { type: 'closed' }])).toEqual([]);
});

it('goes back to what was kept when a change is given up', () => {
  const change = replay([opened, said(4), kept, opened]);
  expect(replay([{ type: 'closed' }], 'a', change)).toMatchObject([{ phase: 'kept', said: 4 }]);
  expect(replay([said(9), lost, { type: 'closed' }], 'a', change)).toMatchObject([
    { phase: 'kept', said: 4 },
  ]);
});

it('hears nothing late', () => {
  const open = replay([opened]);
  expect(replay([kept], 'a', open)).toBe(open);
  expect(replay([lost], 'a', open)).toBe(open);
  expect(replay([said(4)])).toEqual([]);
});

it('keeps each prediction apart, and no more than a hundred', () => {
  const two = replay([opened, said(4)], 'b', replay([opened]));
  expect(feedbackOn(two, 'a')?.phase).toBe('open');
  expect(feedbackOn(two, 'b')?.phase).toBe('sending');
  let many: readonly Feedback[] = [];
  for (let id = 0; id < 150; id += 1) many = replay([opened], String(id), many);
  expect(many).toHaveLength(100);
});
