import { expect, it, vi } from 'vitest';
import type { SendFeedback } from '../api/feedback.ts';
import { RequestFailure } from '../api/request-failure.ts';
import { FIRST_VISIT, nextPage } from '../state/page.ts';
import { createStore } from '../state/store.ts';
import { createFeedbackActions } from './feedback-actions.ts';

const target = { predictionId: 'a', path: '/predictions/a/feedback' };

/** The actions before a service that responds when `response` says. */
function setUp() {
  const store = createStore(FIRST_VISIT, nextPage);
  let response: { succeed: () => void; fail: (failure: Error) => void } | undefined;
  const send = vi.fn<SendFeedback>(
    () =>
      new Promise((succeed, fail) => {
        response = { succeed, fail };
      }),
  );
  const actions = createFeedbackActions(store, send);
  const phase = () => store.state().feedback[0]?.phase;
  return { store, send, actions, phase, response: () => response! };
}

it('sends the chosen digit, once', async () => {
  const { send, actions, phase, response } = setUp();
  actions.open(target);
  actions.send(target, 4);
  actions.send(target, 9);
  expect(send).toHaveBeenCalledExactlyOnceWith('/predictions/a/feedback', { digit: 4 });
  expect(phase()).toBe('sending');
  response().succeed();
  await vi.waitFor(() => expect(phase()).toBe('saved'));
});

it('reports why the digit is not saved, and sends it again', async () => {
  const { store, send, actions, phase, response } = setUp();
  actions.open(target);
  actions.send(target, null);
  response().fail(new RequestFailure({ code: 'prediction-expired', retryable: false }));
  await vi.waitFor(() => expect(phase()).toBe('failed'));
  expect(store.state().feedback[0]?.failure).toEqual({ code: 'prediction-expired', retryable: false });
  actions.send(target, null);
  expect(send).toHaveBeenCalledTimes(2);
});

it('sends nothing before it is opened', () => {
  const { send, actions } = setUp();
  actions.send(target, 4);
  expect(send).not.toHaveBeenCalled();
});

it('forgets feedback that was opened and closed', () => {
  const { store, actions } = setUp();
  actions.open(target);
  actions.close(target);
  expect(store.state().feedback).toEqual([]);
});
