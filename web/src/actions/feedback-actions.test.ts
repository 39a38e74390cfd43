import { expect, it, vi } from 'vitest';
import type { SendFeedback } from '../api/feedback.ts';
import { RequestFailure } from '../api/request-failure.ts';
import { firstVisit, nextPage } from '../state/page.ts';
import { createStore } from '../state/store.ts';
import { createFeedbackActions } from './feedback-actions.ts';

const target = { predictionId: 'a', path: '/predictions/a/feedback' };

/** What people do, before a service whose answer comes when `answer` says. */
function setUp() {
  const store = createStore(firstVisit, nextPage);
  let answer: { kept: () => void; refused: (why: Error) => void } | undefined;
  const send = vi.fn<SendFeedback>(
    () =>
      new Promise((kept, refused) => {
        answer = { kept, refused };
      }),
  );
  const actions = createFeedbackActions(store, send);
  const phase = () => store.state().feedback[0]?.phase;
  return { store, send, actions, phase, answer: () => answer! };
}

it('sends what is said, once', async () => {
  const { send, actions, phase, answer } = setUp();
  actions.open(target);
  actions.say(target, 4);
  actions.say(target, 9);
  expect(send).toHaveBeenCalledExactlyOnceWith('/predictions/a/feedback', 4);
  expect(phase()).toBe('sending');
  answer().kept();
  await vi.waitFor(() => expect(phase()).toBe('kept'));
});

it('tells why it is not kept, and sends it again', async () => {
  const { store, send, actions, phase, answer } = setUp();
  actions.open(target);
  actions.say(target, null);
  answer().refused(new RequestFailure({ code: 'prediction-expired', retryable: false }));
  await vi.waitFor(() => expect(phase()).toBe('failed'));
  expect(store.state().feedback[0]?.failure).toEqual({ code: 'prediction-expired', retryable: false });
  actions.say(target, null);
  expect(send).toHaveBeenCalledTimes(2);
});

it('sends nothing that nobody was asked for', () => {
  const { send, actions } = setUp();
  actions.say(target, 4);
  expect(send).not.toHaveBeenCalled();
});

it('forgets what was opened and closed', () => {
  const { store, actions } = setUp();
  actions.open(target);
  actions.close(target);
  expect(store.state().feedback).toEqual([]);
});
