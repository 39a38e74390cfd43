import type { Batch, BatchProgress } from '@inkqueue/shared/contracts/batch';
import type { SubscribeReply } from '@inkqueue/shared/contracts/live';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failedWith, queued, running, succeeded } from '../testing/predictions.ts';
import { type BatchEntryState, createFollowBatch } from './follow-batch.ts';
import { createPolls } from './polls.ts';
import { createJsonRequest } from './request.ts';
import { RequestFailure } from './request-failure.ts';
import { createSubscriptions, type SocketListener } from './subscriptions.ts';

const id = queued().id;
const progress: BatchProgress = {
  id,
  total: 1,
  finished: false,
  counts: { queued: 1, running: 0, succeeded: 0, failed: 0, canceled: 0, expired: 0 },
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Follows a batch of `predictions`, whose current elements an api returns, over a socket that is connected by hand. */
function setUp(predictions: (Prediction | null)[], ...refusals: RequestFailure[]) {
  const offsets: number[] = [];
  const states: BatchEntryState[] = [];
  const page = vi.fn(async (_: string, offset: number): Promise<Batch> => {
    const refusal = refusals.shift();
    if (refusal) throw refusal;
    offsets.push(offset);
    return {
      predictions: predictions
        .slice(offset, offset + 100)
        .map((prediction) => ({ filename: null, prediction })),
    } as Batch;
  });
  const find = vi.fn<(id: string) => Promise<Prediction>>(() =>
    Promise.reject(new RequestFailure({ code: 'unreachable', retryable: true })),
  );
  let listener: SocketListener | undefined;
  const subscribe = vi.fn(() => new Promise<SubscribeReply>(() => {}));
  const unsubscribe = vi.fn();
  const subscriptions = createSubscriptions({
    polls: createPolls(createJsonRequest(fetch), { wait: () => Promise.reject(new Error('not here')) }),
    connect: async (given) => {
      listener = given;
    },
    onChannel: () => {},
  });
  const socket = {
    connect: () => listener!.connected({ subscribe, unsubscribe }),
    disconnect: () => listener!.disconnected(),
    send: () => listener!.snapshot('batch', progress),
  };
  const abort = new AbortController();
  const ended = vi.fn();
  void createFollowBatch({ page, find }, subscriptions)(
    { id, total: predictions.length },
    { onStates: (changed) => states.push(...changed), signal: abort.signal },
  ).then(() => ended('well'), ended);
  const reported = () => states.map(({ index, prediction }) => `${index} ${prediction?.status}`);
  return { socket, subscribe, unsubscribe, predictions, offsets, reported, abort, ended, page, find, states };
}

it('reports each state once, up to the last final one', async () => {
  const { predictions, reported, ended } = setUp([queued(), succeeded(1), failedWith('no-ink')]);
  await vi.advanceTimersByTimeAsync(0);
  expect(reported()).toEqual(['0 queued', '1 succeeded', '2 failed']);
  predictions[0] = running();
  await vi.advanceTimersByTimeAsync(1300);
  predictions[0] = succeeded(3);
  await vi.advanceTimersByTimeAsync(1300);
  expect(reported().slice(3)).toEqual(['0 running', '0 succeeded']);
  expect(ended).toHaveBeenCalledExactlyOnceWith('well');
});

it('requests only pages with open entries', async () => {
  const { predictions, offsets, ended } = setUp(
    Array.from({ length: 250 }, (_, index) => (index === 120 ? queued() : succeeded(1))),
  );
  await vi.advanceTimersByTimeAsync(0);
  predictions[120] = succeeded(2);
  await vi.advanceTimersByTimeAsync(1300);
  expect(offsets).toEqual([0, 100, 200, 100]);
  expect(ended).toHaveBeenCalledWith('well');
});

it('reports entries that the service has deleted', async () => {
  const { reported, ended } = setUp([null, succeeded(1)]);
  await vi.advanceTimersByTimeAsync(0);
  expect(reported()).toEqual(['0 undefined', '1 succeeded']);
  expect(ended).toHaveBeenCalledWith('well');
});

it('asks for the place in the queue of the first that waits there, again and again', async () => {
  const { states, predictions, find, ended, page } = setUp([succeeded(1), queued(), queued()]);
  let ahead = 7;
  find.mockImplementation(async (id) => ({ ...queued(id), queue_position: ahead-- }));
  await vi.advanceTimersByTimeAsync(10_000);
  const places = states.flatMap(({ index, prediction }) =>
    prediction?.queue_position == null ? [] : [[index, prediction.queue_position]],
  );
  expect(places.length).toBeLessThanOrEqual(6);
  expect(places.slice(0, 3)).toEqual([
    [1, 7],
    [1, 6],
    [1, 5],
  ]);
  find.mockRejectedValue(new RequestFailure({ code: 'prediction-expired', retryable: false }));
  await vi.advanceTimersByTimeAsync(3000);
  expect(page.mock.calls.length).toBeGreaterThan(1);
  predictions[1] = predictions[2] = null;
  await vi.advanceTimersByTimeAsync(6000);
  expect(ended).toHaveBeenCalledWith('well');
});

describe('with a socket', () => {
  it('refreshes the batch with each snapshot, and seldom without', async () => {
    const { socket, subscribe, unsubscribe, predictions, page, ended } = setUp([queued()]);
    socket.connect();
    expect(subscribe).toHaveBeenCalledExactlyOnceWith({ topic: 'batch', id });
    await vi.advanceTimersByTimeAsync(4000);
    expect(page).toHaveBeenCalledTimes(1);
    predictions[0] = succeeded(3);
    socket.send();
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toHaveBeenCalledWith('well');
    expect(unsubscribe).toHaveBeenCalledExactlyOnceWith({ topic: 'batch', id });
  });

  it('polls at once when the socket is gone, and subscribes again when it is back', async () => {
    const { socket, subscribe, page } = setUp([queued()]);
    socket.connect();
    await vi.advanceTimersByTimeAsync(300);
    socket.disconnect();
    await vi.advanceTimersByTimeAsync(3000);
    expect(page.mock.calls.length).toBeGreaterThanOrEqual(3);
    socket.connect();
    expect(subscribe).toHaveBeenCalledTimes(2);
  });

  it('misses no snapshot that comes soon after a refresh', async () => {
    const { socket, predictions, ended } = setUp([queued()]);
    socket.connect();
    await vi.advanceTimersByTimeAsync(10);
    predictions[0] = succeeded(3);
    socket.send();
    await vi.advanceTimersByTimeAsync(300);
    expect(ended).toHaveBeenCalledWith('well');
  });

  it('misses no snapshot that comes during a refresh', async () => {
    const { socket, predictions, page, ended } = setUp([queued()]);
    socket.connect();
    expect(page).toHaveBeenCalledOnce();
    predictions[0] = succeeded(3);
    socket.send();
    await vi.advanceTimersByTimeAsync(300);
    expect(ended).toHaveBeenCalledWith('well');
  });
});

describe('a refusal', () => {
  it('is retried when it may pass', async () => {
    const away = new RequestFailure({ code: 'redis-unavailable', retryable: true, retryAfterMs: 500 });
    const { page, ended } = setUp([succeeded(1)], away);
    await vi.advanceTimersByTimeAsync(499);
    expect(page).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(ended).toHaveBeenCalledWith('well');
  });

  it('ends the following when it does not pass', async () => {
    const gone = new RequestFailure({ code: 'batch-expired', retryable: false });
    const { ended } = setUp([queued()], gone);
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toHaveBeenCalledExactlyOnceWith(gone);
  });
});

it('requests nothing more after an abort', async () => {
  const { abort, page, ended } = setUp([queued()]);
  await vi.advanceTimersByTimeAsync(100);
  abort.abort(new Error('removed'));
  await vi.advanceTimersByTimeAsync(0);
  expect(ended).toHaveBeenCalledWith(new Error('removed'));
  await vi.advanceTimersByTimeAsync(5000);
  expect(page).toHaveBeenCalledTimes(1);
});
