import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PredictionClient } from '../../api/predictions.ts';
import { RequestFailure } from '../../api/request-failure.ts';
import type { SubscriptionListener, Subscriptions } from '../../api/subscriptions.ts';
import { NoImageError } from '../../state/prediction/failure.ts';
import type { TrackingEvent } from '../../state/prediction/tracked-prediction.ts';
import { canceled, queued, running, succeeded } from '../../testing/predictions.ts';
import { createPredictionTracker } from './prediction-tracker.ts';

const OTHER_ID = '01938f5e-7b3a-7cc0-8000-000000000002';
const image = () => Promise.resolve(new Blob(['ink']));
const busy = new RequestFailure({ code: 'queue-full', retryable: true, retryAfterMs: 3000 });
const tooLarge = new RequestFailure({ code: 'too-large', retryable: false });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A tracker before an api that gives `responses` one by one, and subscriptions that get states by hand. */
function setUp(...responses: (Prediction | RequestFailure | Promise<Prediction>)[]) {
  const events: TrackingEvent[] = [];
  const followed: SubscriptionListener<'prediction'>[] = [];
  const stopped = vi.fn();
  const cancel = vi.fn();
  const submit = vi.fn<PredictionClient['submit']>(async () => {
    const response = await responses.shift()!;
    if (response instanceof RequestFailure) throw response;
    return response;
  });
  const subscribe: Subscriptions['subscribe'] = (_, listener) => {
    followed.push(listener);
    return stopped;
  };
  const findPlace = vi.fn<(id: string) => Promise<Prediction>>(() =>
    Promise.reject(new RequestFailure({ code: 'unreachable', retryable: true })),
  );
  const tracker = createPredictionTracker({
    client: { submit, find: (id, signal) => submit(new Blob([id]), { signal, onProgress: () => {} }) },
    findPlace,
    cancel,
    subscribe,
    emit: (_, event) => events.push(event),
    now: () => Date.now(),
  });
  const types = () => events.map(({ type }) => type);
  return { tracker, events, types, followed, stopped, submit, findPlace, cancel };
}

it('reports each step up to the result', async () => {
  const { tracker, events, types, followed } = setUp(queued());
  const ended = tracker.start({ key: 'a', image });
  await vi.waitFor(() => expect(followed).toHaveLength(1));
  followed[0]!.snapshot(succeeded(3));
  await ended;
  expect(types()).toEqual(['waiting', 'sent', 'state', 'state']);
  expect(new Set(events.map(({ token }) => token)).size).toBe(1);
});

it('finds an existing prediction, and follows it while it is pending', async () => {
  const { tracker, types, followed } = setUp(queued(), succeeded(3));
  const ended = tracker.start({ key: 'a', id: queued().id });
  await vi.waitFor(() => expect(followed).toHaveLength(1));
  followed[0]!.snapshot(succeeded(3));
  await ended;
  expect(types()).toEqual(['waiting', 'state', 'state']);
  await tracker.start({ key: 'a', id: queued().id });
  expect(followed).toHaveLength(1);
});

it('asks for the place in the queue of what waits there, and no longer', async () => {
  const { tracker, events, followed, findPlace } = setUp(queued());
  const ended = tracker.start({ key: 'a', image });
  let ahead = 9;
  findPlace.mockImplementation(async () => ({ ...queued(), queue_position: ahead-- }));
  await vi.advanceTimersByTimeAsync(3000);
  const places = events.flatMap((event) => (event.type === 'state' ? [event.prediction.queue_position] : []));
  expect(places).toEqual([null, 9, 8]);
  followed[0]!.snapshot(running());
  await vi.advanceTimersByTimeAsync(10_000);
  expect(findPlace).toHaveBeenCalledTimes(2);
  followed[0]!.snapshot(succeeded(3));
  await ended;
  expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(vi.getTimerCount()).toBe(0);
});

it('asks for no place any more once the attempt is dropped, whatever its state was', async () => {
  const { tracker, followed, findPlace } = setUp(queued());
  void tracker.start({ key: 'a', image });
  await vi.waitFor(() => expect(followed).toHaveLength(1));
  followed[0]!.snapshot(running());
  tracker.drop('a');
  await vi.advanceTimersByTimeAsync(5000);
  expect(findPlace).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

it('reports that an attempt is slow after half a second, not before', async () => {
  const { tracker, types } = setUp(new Promise<Prediction>(() => {}));
  void tracker.start({ key: 'a', image });
  await vi.advanceTimersByTimeAsync(499);
  expect(types()).not.toContain('slow');
  await vi.advanceTimersByTimeAsync(2);
  expect(types()).toContain('slow');
});

it('drops the attempt under way when another starts with the same key', async () => {
  const { tracker, events, followed, stopped } = setUp(queued(), queued());
  void tracker.start({ key: 'a', image });
  await vi.waitFor(() => expect(followed).toHaveLength(1));
  void tracker.start({ key: 'a', image });
  expect(stopped).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(followed).toHaveLength(2));
  expect(events.at(-1)!.token).toBeGreaterThan(events[0]!.token);
});

it('tries again on its own when the service names a time', async () => {
  const { tracker, events, submit } = setUp(busy, queued());
  const start = Date.now();
  await tracker.start({ key: 'a', image });
  expect(events.at(-1)).toMatchObject({
    type: 'failed',
    failure: { code: 'queue-full', retryAt: start + 3000 },
  });
  await vi.advanceTimersByTimeAsync(2999);
  expect(submit).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2);
  expect(submit).toHaveBeenCalledTimes(2);
});

it('gives up after a number of tries, until somebody asks for another', async () => {
  const { tracker, events, submit } = setUp(...Array.from({ length: 30 }, () => busy));
  await tracker.start({ key: 'a', image });
  await vi.advanceTimersByTimeAsync(900_000);
  expect(submit).toHaveBeenCalledTimes(25);
  expect(events.at(-1)).toMatchObject({ type: 'failed', failure: { retryAt: null } });
  tracker.retry('a');
  await vi.advanceTimersByTimeAsync(0);
  expect(submit).toHaveBeenCalledTimes(26);
});

it('does not try again after a hopeless failure, or after a drop', async () => {
  const { tracker, events, submit } = setUp(tooLarge, busy);
  await tracker.start({ key: 'a', image });
  expect(events.at(-1)).toMatchObject({ failure: { code: 'too-large', retryAt: null } });
  await tracker.start({ key: 'b', image });
  tracker.drop('b');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(submit).toHaveBeenCalledTimes(2);
});

it('fails an image whose file cannot be opened, and sends nothing', async () => {
  const { tracker, events, submit } = setUp();
  await tracker.start({ key: 'a', image: () => Promise.reject(new NoImageError('unreadable-file')) });
  expect(events.at(-1)).toMatchObject({ failure: { code: 'unreadable-file', retryAt: null } });
  expect(submit).not.toHaveBeenCalled();
});

describe('a prediction that has not ended', () => {
  it('is canceled when a newer image takes its place', async () => {
    const { tracker, followed, cancel } = setUp(queued(), queued(OTHER_ID));
    void tracker.start({ key: 'a', image });
    await vi.waitFor(() => expect(followed).toHaveLength(1));
    expect(cancel).not.toHaveBeenCalled();
    void tracker.start({ key: 'a', image });
    expect(cancel).toHaveBeenCalledExactlyOnceWith('predictions', queued().id);
    await vi.waitFor(() => expect(followed).toHaveLength(2));
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('is canceled when its image is no longer wanted', async () => {
    const { tracker, followed, stopped, cancel } = setUp(queued());
    void tracker.start({ key: 'a', image });
    await vi.waitFor(() => expect(followed).toHaveLength(1));
    tracker.cancel('a');
    tracker.cancel('a');
    expect(cancel).toHaveBeenCalledExactlyOnceWith('predictions', queued().id);
    expect(stopped).toHaveBeenCalledOnce();
  });

  it('is canceled as soon as its id is known when its image was under way', async () => {
    let accept = (_: Prediction) => {};
    const accepted = new Promise<Prediction>((resolve) => {
      accept = resolve;
    });
    const { tracker, types, followed, submit, cancel } = setUp(accepted, queued(OTHER_ID));
    const dropped = tracker.start({ key: 'a', image });
    await vi.waitFor(() => expect(submit).toHaveBeenCalledOnce());
    void tracker.start({ key: 'a', image });
    await dropped;
    await vi.waitFor(() => expect(followed).toHaveLength(1));
    expect(cancel).not.toHaveBeenCalled();
    accept(queued());
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledExactlyOnceWith('predictions', queued().id));
    expect(types()).toEqual(['waiting', 'sent', 'waiting', 'sent', 'state']);
  });

  it('is not canceled when only a link to it is left', async () => {
    const { tracker, followed, stopped, cancel } = setUp(queued());
    void tracker.start({ key: 'a', id: queued().id });
    await vi.waitFor(() => expect(followed).toHaveLength(1));
    tracker.drop('a');
    expect(stopped).toHaveBeenCalledOnce();
    expect(cancel).not.toHaveBeenCalled();
  });

  it('of an earlier load of the page is canceled when its image is no longer wanted', async () => {
    const { tracker, followed, cancel } = setUp(queued());
    void tracker.start({ key: 'a', id: queued().id });
    await vi.waitFor(() => expect(followed).toHaveLength(1));
    tracker.cancel('a');
    expect(cancel).toHaveBeenCalledExactlyOnceWith('predictions', queued().id);
  });
});

describe('nothing is canceled', () => {
  it.each([succeeded(3), canceled()])('after the end: $status', async (end) => {
    const { tracker, followed, cancel } = setUp(queued(), end);
    const followedToItsEnd = tracker.start({ key: 'a', image });
    await vi.waitFor(() => expect(followed).toHaveLength(1));
    followed[0]!.snapshot(end);
    await followedToItsEnd;
    await tracker.start({ key: 'b', image });
    tracker.cancel('a');
    tracker.cancel('b');
    expect(cancel).not.toHaveBeenCalled();
  });

  it('of an image that was not accepted, or not even sent', async () => {
    const { tracker, submit, cancel } = setUp(busy, new Promise<Prediction>(() => {}));
    await tracker.start({ key: 'a', image });
    tracker.cancel('a');
    let open = (_: Blob) => {};
    const opened = new Promise<Blob>((resolve) => {
      open = resolve;
    });
    const dropped = tracker.start({ key: 'a', image: () => opened });
    await vi.advanceTimersByTimeAsync(0);
    tracker.cancel('a');
    open(new Blob());
    await dropped;
    expect(submit).toHaveBeenCalledOnce();
    expect(cancel).not.toHaveBeenCalled();
  });
});

it('sends three images at a time', async () => {
  const { tracker, submit } = setUp(...Array.from({ length: 5 }, () => new Promise<Prediction>(() => {})));
  for (const key of ['a', 'b', 'c', 'd', 'e']) void tracker.start({ key, image });
  await vi.advanceTimersByTimeAsync(10);
  expect(submit).toHaveBeenCalledTimes(3);
});

it('reports an error of its own on the page, and throws it', async () => {
  const { tracker, events } = setUp();
  const bug = new TypeError('AbortSignal.any is not a function');
  await expect(tracker.start({ key: 'a', image: () => Promise.reject(bug) })).rejects.toThrow(bug);
  expect(events.at(-1)).toMatchObject({
    type: 'failed',
    failure: { code: 'page-error', retryable: false, retryAt: null },
  });
});

it('tells of uploads that are large enough to be seen', async () => {
  const { tracker, events, submit } = setUp(succeeded(3));
  submit.mockImplementationOnce(async (_image, { onProgress }) => {
    onProgress({ sent: 10_000, total: 99_999 });
    onProgress({ sent: 10_000, total: 100_000 });
    return succeeded(3);
  });
  await tracker.start({ key: 'a', image });
  expect(events.filter(({ type }) => type === 'uploaded')).toEqual([
    { type: 'uploaded', token: events[0]!.token, upload: { sent: 10_000, total: 100_000 } },
  ]);
});

it('says that the service fetches no addresses', async () => {
  const { tracker, events } = setUp(new RequestFailure({ code: 'invalid-request', retryable: false }));
  await tracker.start({ key: 'a', image: async () => ({ address: 'https://example.com/7.png' }) });
  expect(events.at(-1)).toMatchObject({ failure: { code: 'address-refused', retryable: false } });
});
