import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FollowBatch } from '../api/follow-batch.ts';
import { file, setUp } from '../testing/batch-tracker.ts';
import { canceled, queued, succeeded } from '../testing/predictions.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the predictions of dropped images', () => {
  const forEver: FollowBatch = () => new Promise(() => {});

  it('are canceled one by one while the page shows others of the batch, else all at once', async () => {
    const { tracker, start, cancel } = setUp({ follow: forEver });
    start(file('a'), file('b'), file('c'));
    await vi.advanceTimersByTimeAsync(0);
    tracker.cancel(['a']);
    expect(cancel).toHaveBeenCalledExactlyOnceWith('predictions', 'id of a');
    tracker.cancel(['b', 'c']);
    expect(cancel).toHaveBeenCalledTimes(2);
    expect(cancel).toHaveBeenLastCalledWith('batches', queued().id);
  });

  it('are not canceled after their end', async () => {
    const ends = [succeeded(1), canceled(), null];
    const { tracker, start, cancel } = setUp({
      follow(_, { onStates }) {
        onStates(ends.map((prediction, index) => ({ index, prediction })));
        return new Promise(() => {});
      },
    });
    start(file('a'), file('b'), file('c'), file('d'));
    await vi.advanceTimersByTimeAsync(0);
    tracker.cancel(['a', 'b', 'c']);
    expect(cancel).not.toHaveBeenCalled();
    tracker.cancel(['d']);
    expect(cancel).toHaveBeenCalledExactlyOnceWith('batches', queued().id);
  });

  it.each([
    [['a'], 'predictions', 'id of a'],
    [['a', 'b'], 'batches', queued().id],
  ] as const)('that were under way are canceled once their ids are known: %j', async (keys, ...canceled) => {
    let accept = () => {};
    const upload = new Promise<void>((resolve) => {
      accept = resolve;
    });
    const { tracker, start, cancel } = setUp({ upload, follow: forEver });
    start(file('a'), file('b'));
    await vi.advanceTimersByTimeAsync(0);
    tracker.cancel(keys);
    expect(cancel).not.toHaveBeenCalled();
    accept();
    await vi.advanceTimersByTimeAsync(0);
    expect(cancel).toHaveBeenCalledExactlyOnceWith(...canceled);
  });

  it('are canceled after another load of the page, once it knows that they wait', async () => {
    const { tracker, cancel } = setUp({
      follow(_, { onStates }) {
        onStates([{ index: 1, prediction: queued() }]);
        return new Promise(() => {});
      },
    });
    const images = [
      { key: 'b', index: 1 },
      { key: 'e', index: 4 },
    ];
    tracker.resume({ id: 'batch', total: 9, images });
    await vi.advanceTimersByTimeAsync(0);
    expect(cancel).not.toHaveBeenCalled();
    tracker.cancel(['b']);
    expect(cancel).toHaveBeenCalledExactlyOnceWith('predictions', queued().id);
  });
});
