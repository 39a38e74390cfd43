import type { Batch } from '@inkqueue/shared/contracts/batch';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failedWith, queued, running, succeeded } from '../testing/predictions.ts';
import { type BatchState, createBatchFollower } from './batch-follower.ts';
import { RequestFailure } from './request-failure.ts';

const id = queued().id;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A follower before an api that has `predictions` as the batch, whatever they are when it is asked. */
function setUp(predictions: (Prediction | null)[], ...refusals: RequestFailure[]) {
  const offsets: number[] = [];
  const states: BatchState[] = [];
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
  const follower = createBatchFollower({ page });
  const abort = new AbortController();
  const ended = vi.fn();
  const followed = follower
    .follow(
      { id, total: predictions.length },
      { onStates: (news) => states.push(...news), signal: abort.signal },
    )
    .then(() => ended('well'), ended);
  const told = () => states.map(({ index, prediction }) => `${index} ${prediction?.status}`);
  return { follower, predictions, offsets, told, abort, ended, followed, page };
}

it('tells each state once, up to the last final one', async () => {
  const { predictions, told, ended } = setUp([queued(), succeeded(1), failedWith('no-ink')]);
  await vi.advanceTimersByTimeAsync(0);
  expect(told()).toEqual(['0 queued', '1 succeeded', '2 failed']);
  predictions[0] = running();
  await vi.advanceTimersByTimeAsync(1300);
  predictions[0] = succeeded(3);
  await vi.advanceTimersByTimeAsync(1300);
  expect(told().slice(3)).toEqual(['0 running', '0 succeeded']);
  expect(ended).toHaveBeenCalledExactlyOnceWith('well');
});

it('asks for pages with open pictures only', async () => {
  const { predictions, offsets, ended } = setUp(
    Array.from({ length: 250 }, (_, index) => (index === 120 ? queued() : succeeded(1))),
  );
  await vi.advanceTimersByTimeAsync(0);
  predictions[120] = succeeded(2);
  await vi.advanceTimersByTimeAsync(1300);
  expect(offsets).toEqual([0, 100, 200, 100]);
  expect(ended).toHaveBeenCalledWith('well');
});

it('tells of what is no longer kept', async () => {
  const { told, ended } = setUp([null, succeeded(1)]);
  await vi.advanceTimersByTimeAsync(0);
  expect(told()).toEqual(['0 undefined', '1 succeeded']);
  expect(ended).toHaveBeenCalledWith('well');
});

describe('with a socket', () => {
  it('looks when it is told of progress, and seldom else', async () => {
    const { follower, predictions, page, ended } = setUp([queued()]);
    const followBatch = vi.fn(() => new Promise<never>(() => {}));
    follower.connected({ followBatch });
    expect(followBatch).toHaveBeenCalledExactlyOnceWith(id);
    await vi.advanceTimersByTimeAsync(4000);
    expect(page).toHaveBeenCalledTimes(1);
    predictions[0] = succeeded(3);
    follower.progressed(id);
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toHaveBeenCalledWith('well');
  });

  it('polls at once when it is gone, and follows again when it is back', async () => {
    const { follower, page } = setUp([queued()]);
    const followBatch = vi.fn(() => new Promise<never>(() => {}));
    follower.connected({ followBatch });
    await vi.advanceTimersByTimeAsync(300);
    follower.disconnected();
    await vi.advanceTimersByTimeAsync(3000);
    expect(page.mock.calls.length).toBeGreaterThanOrEqual(3);
    follower.connected({ followBatch });
    expect(followBatch).toHaveBeenCalledTimes(2);
  });

  it('misses no progress that comes while it looks', async () => {
    const { follower, predictions, ended } = setUp([queued()]);
    follower.connected({ followBatch: () => new Promise<never>(() => {}) });
    await vi.advanceTimersByTimeAsync(10);
    predictions[0] = succeeded(3);
    follower.progressed(id);
    await vi.advanceTimersByTimeAsync(300);
    expect(ended).toHaveBeenCalledWith('well');
  });
});

describe('a refusal', () => {
  it('that passes is waited for', async () => {
    const away = new RequestFailure({ code: 'redis-unavailable', retryable: true, retryAfterMs: 500 });
    const { page, ended } = setUp([succeeded(1)], away);
    await vi.advanceTimersByTimeAsync(499);
    expect(page).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(ended).toHaveBeenCalledWith('well');
  });

  it('that stays ends it', async () => {
    const gone = new RequestFailure({ code: 'batch-expired', retryable: false });
    const { ended } = setUp([queued()], gone);
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toHaveBeenCalledExactlyOnceWith(gone);
  });
});

it('hears nothing more once aborted', async () => {
  const { abort, page, ended } = setUp([queued()]);
  await vi.advanceTimersByTimeAsync(100);
  abort.abort(new Error('removed'));
  await vi.advanceTimersByTimeAsync(0);
  expect(ended).toHaveBeenCalledWith(new Error('removed'));
  await vi.advanceTimersByTimeAsync(5000);
  expect(page).toHaveBeenCalledTimes(1);
});
