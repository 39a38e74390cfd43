import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FollowBatch } from '../../api/follow-batch.ts';
import { RequestFailure } from '../../api/request-failure.ts';
import { file, setUp } from '../../testing/batch-tracker.ts';
import { canceled, queued } from '../../testing/predictions.ts';

const forEver: FollowBatch = () => new Promise(() => {});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('canceling', () => {
  it('tells the service once for each batch, and follows it on', async () => {
    let report = (_: Parameters<Parameters<FollowBatch>[1]['onStates']>[0]) => {};
    const { tracker, start, cancel, predictions } = setUp({
      follow(_, { onStates }) {
        report = onStates;
        return new Promise(() => {});
      },
    });
    start(file('a'), file('b'));
    await vi.advanceTimersByTimeAsync(0);
    tracker.cancel(['a', 'b']);
    expect(cancel).toHaveBeenCalledExactlyOnceWith('batches', queued().id);
    report([{ index: 1, filename: 'b', prediction: canceled() }]);
    expect(predictions.get('a')?.phase).toBe('following');
    expect(predictions.get('b')?.failure?.code).toBe('canceled');
  });

  it('of an upload under way ends it, and cancels it should it be accepted all the same', async () => {
    let accept = () => {};
    const upload = new Promise<void>((resolve) => {
      accept = resolve;
    });
    const { tracker, start, cancel, predictions } = setUp({ upload, follow: forEver });
    start(file('a'), file('b'));
    await vi.advanceTimersByTimeAsync(0);
    tracker.cancel(['a', 'b']);
    expect(predictions.get('a')).toMatchObject({ phase: 'failed', failure: { code: 'canceled' } });
    expect(cancel).not.toHaveBeenCalled();
    accept();
    await vi.advanceTimersByTimeAsync(0);
    expect(cancel).toHaveBeenCalledExactlyOnceWith('batches', queued().id);
  });

  it('of what waits for its next try leaves nothing that tries', async () => {
    const full = new RequestFailure({ code: 'queue-full', retryable: true, retryAfterMs: 3000 });
    const { tracker, start, sent, predictions } = setUp({ refusals: [full] });
    start(file('a'));
    await vi.advanceTimersByTimeAsync(0);
    tracker.cancel(['a']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toHaveLength(1);
    expect(predictions.get('a')?.failure).toMatchObject({ code: 'canceled', retryAt: null });
  });

  it('of what has ended does nothing', async () => {
    const { tracker, start, cancel } = setUp();
    start(file('a'));
    await vi.advanceTimersByTimeAsync(0);
    tracker.cancel(['a']);
    expect(cancel).not.toHaveBeenCalled();
  });
});

describe('dropping', () => {
  const full = new RequestFailure({ code: 'queue-full', retryable: true, retryAfterMs: 3000 });

  it('of what waits to be sent sends nothing, and reports nothing any more', async () => {
    const { tracker, start, sent, predictions } = setUp({ refusals: [full] });
    start(file('a'), file('b'));
    await vi.advanceTimersByTimeAsync(0);
    const before = new Map(predictions);
    tracker.drop(['a', 'b']);
    tracker.retryAll();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toHaveLength(1);
    expect(predictions).toEqual(before);
  });

  it('of what the service has ends following it, and leaves it there', async () => {
    let following: AbortSignal | undefined;
    const { tracker, start, cancel } = setUp({
      follow(_, { signal }) {
        following = signal;
        return new Promise(() => {});
      },
    });
    start(file('a'));
    await vi.advanceTimersByTimeAsync(0);
    expect(following?.aborted).toBe(false);
    tracker.drop(['a']);
    expect(following?.aborted).toBe(true);
    expect(cancel).not.toHaveBeenCalled();
  });

  it('lets other images go on', async () => {
    const { tracker, start, phases } = setUp({ refusals: [full] });
    start(file('a'));
    start(file('b'));
    await vi.advanceTimersByTimeAsync(0);
    tracker.drop(['a']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(phases()).toMatchObject({ a: 'failed', b: 'done' });
  });
});
