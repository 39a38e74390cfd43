import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FollowListener } from '../api/follower.ts';
import { RequestFailure } from '../api/request-failure.ts';
import type { ReadingEvent } from '../state/tracked-prediction.ts';
import { queued, succeeded } from '../testing/predictions.ts';
import { createReader } from './prediction-tracker.ts';

const picture = () => Promise.resolve(new Blob(['ink']));
const busy = new RequestFailure({ code: 'queue-full', retryable: true, retryAfterMs: 3000 });
const tooLarge = new RequestFailure({ code: 'too-large', retryable: false });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A reader before an api whose answers to `submit` are given one by one, and a follower that is told states by hand. */
function setUp(...answers: (Prediction | RequestFailure | Promise<Prediction>)[]) {
  const events: ReadingEvent[] = [];
  const followed: FollowListener[] = [];
  const stopped = vi.fn();
  const submit = vi.fn(async () => {
    const answer = await answers.shift()!;
    if (answer instanceof RequestFailure) throw answer;
    return answer;
  });
  const reader = createReader({
    client: { submit, find: submit },
    follower: {
      follow(_, listener) {
        followed.push(listener);
        return stopped;
      },
    },
    emit: (_, event) => events.push(event),
    now: () => Date.now(),
  });
  const types = () => events.map(({ type }) => type);
  return { reader, events, types, followed, stopped, submit };
}

it('tells each step up to the answer', async () => {
  const { reader, events, types, followed } = setUp(queued());
  const ended = reader.read({ key: 'a', picture });
  await vi.waitFor(() => expect(followed).toHaveLength(1));
  followed[0]!.state(succeeded(3));
  await ended;
  expect(types()).toEqual(['waiting', 'sent', 'state', 'state']);
  expect(new Set(events.map(({ token }) => token)).size).toBe(1);
});

it('opens a prediction that is there already, and follows it while it is pending', async () => {
  const { reader, types, followed } = setUp(queued(), succeeded(3));
  const ended = reader.read({ key: 'a', id: queued().id });
  await vi.waitFor(() => expect(followed).toHaveLength(1));
  followed[0]!.state(succeeded(3));
  await ended;
  expect(types()).toEqual(['waiting', 'state', 'state']);
  await reader.read({ key: 'a', id: queued().id });
  expect(followed).toHaveLength(1);
});

it('says so when it takes longer than half a second, not before', async () => {
  const { reader, types } = setUp(new Promise<Prediction>(() => {}));
  void reader.read({ key: 'a', picture });
  await vi.advanceTimersByTimeAsync(499);
  expect(types()).not.toContain('slow');
  await vi.advanceTimersByTimeAsync(2);
  expect(types()).toContain('slow');
});

it('drops what is under way when the same key is read anew', async () => {
  const { reader, events, followed, stopped } = setUp(queued(), queued());
  void reader.read({ key: 'a', picture });
  await vi.waitFor(() => expect(followed).toHaveLength(1));
  void reader.read({ key: 'a', picture });
  expect(stopped).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(followed).toHaveLength(2));
  expect(events.at(-1)!.token).toBeGreaterThan(events[0]!.token);
});

it('tries again by itself when the service names a time', async () => {
  const { reader, events, submit } = setUp(busy, queued());
  const start = Date.now();
  await reader.read({ key: 'a', picture });
  expect(events.at(-1)).toMatchObject({
    type: 'failed',
    failure: { code: 'queue-full', retryAt: start + 3000 },
  });
  await vi.advanceTimersByTimeAsync(2999);
  expect(submit).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2);
  expect(submit).toHaveBeenCalledTimes(2);
});

it('gives up after some tries, until somebody asks for another', async () => {
  const { reader, events, submit } = setUp(...Array.from({ length: 30 }, () => busy));
  await reader.read({ key: 'a', picture });
  await vi.advanceTimersByTimeAsync(900_000);
  expect(submit).toHaveBeenCalledTimes(25);
  expect(events.at(-1)).toMatchObject({ type: 'failed', failure: { retryAt: null } });
  reader.retry('a');
  await vi.advanceTimersByTimeAsync(0);
  expect(submit).toHaveBeenCalledTimes(26);
});

it('does not try again what can not succeed, nor what was dropped', async () => {
  const { reader, events, submit } = setUp(tooLarge, busy);
  await reader.read({ key: 'a', picture });
  expect(events.at(-1)).toMatchObject({ failure: { code: 'too-large', retryAt: null } });
  await reader.read({ key: 'b', picture });
  reader.drop('b');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(submit).toHaveBeenCalledTimes(2);
});

it('sends three pictures at a time', async () => {
  const { reader, submit } = setUp(...Array.from({ length: 5 }, () => new Promise<Prediction>(() => {})));
  for (const key of ['a', 'b', 'c', 'd', 'e']) void reader.read({ key, picture });
  await vi.advanceTimersByTimeAsync(10);
  expect(submit).toHaveBeenCalledTimes(3);
});
