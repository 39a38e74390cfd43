import { expect, it } from 'vitest';
import { type FeedbackEvent, type FeedbackState, findFeedback, nextFeedback } from './feedback.ts';

const replay = (events: FeedbackEvent[], id = 'a', from: readonly FeedbackState[] = []) =>
  events.reduce((all, event) => nextFeedback(all, id, event), from);
const lost: FeedbackEvent = { type: 'failed', code: 'unreachable', retryable: true };
const opened: FeedbackEvent = { type: 'opened' };
const saved: FeedbackEvent = { type: 'saved' };
const chosen = (digit: number | null): FeedbackEvent => ({ type: 'chosen', digit });

it('is opened, sent and saved', () => {
  const phases = [opened, chosen(4), saved].map((_, index, all) => replay(all.slice(0, index + 1))[0]?.phase);
  expect(phases).toEqual(['open', 'sending', 'saved']);
  expect(findFeedback(replay([opened, chosen(null), saved]), 'a')).toMatchObject({
    chosen: null,
    failure: null,
  });
});

it('can be changed after it is saved', () => {
  expect(replay([opened, chosen(4), saved, opened])).toMatchObject([{ phase: 'open', chosen: 4 }]);
  expect(replay([opened, chosen(4), saved, opened, chosen(9), saved])).toMatchObject([
    { phase: 'saved', chosen: 9 },
  ]);
});

it('can be sent again after a failure, with the same digit or another one', () => {
  const failed = replay([opened, chosen(4), lost]);
  expect(failed).toMatchObject([{ phase: 'failed', chosen: 4, failure: { code: 'unreachable' } }]);
  expect(replay([chosen(9)], 'a', failed)).toMatchObject([{ phase: 'sending', chosen: 9, failure: null }]);
});

it('is sent one digit at a time', () => {
  const sending = replay([opened, chosen(4)]);
  expect(replay([chosen(9)], 'a', sending)).toBe(sending);
  expect(replay([{ type: 'closed' }], 'a', sending)).toBe(sending);
});

it('is forgotten when it is closed before a digit is chosen', () => {
  expect(replay([opened, { type: 'closed' }])).toEqual([]);
});

it('goes back to the saved digit when a change is given up', () => {
  const change = replay([opened, chosen(4), saved, opened]);
  expect(replay([{ type: 'closed' }], 'a', change)).toMatchObject([{ phase: 'saved', chosen: 4 }]);
  expect(replay([chosen(9), lost, { type: 'closed' }], 'a', change)).toMatchObject([
    { phase: 'saved', chosen: 4 },
  ]);
});

it('drops late events', () => {
  const open = replay([opened]);
  expect(replay([saved], 'a', open)).toBe(open);
  expect(replay([lost], 'a', open)).toBe(open);
  expect(replay([chosen(4)])).toEqual([]);
});

it('keeps each prediction apart, and no more than a hundred', () => {
  const two = replay([opened, chosen(4)], 'b', replay([opened]));
  expect(findFeedback(two, 'a')?.phase).toBe('open');
  expect(findFeedback(two, 'b')?.phase).toBe('sending');
  let many: readonly FeedbackState[] = [];
  for (let id = 0; id < 150; id += 1) many = replay([opened], String(id), many);
  expect(many).toHaveLength(100);
});
