import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { BatchProgress } from '@inkqueue/shared/contracts/batch';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTopicSources, type TopicSources } from './topics.ts';

const UPDATE_MS = 100;
const TICK_MS = 1_000;
const counts = { queued: 6, running: 0, succeeded: 0, failed: 0, canceled: 0, expired: 0 };
const activity: Activity = {
  at: '2026-01-01T00:00:00.000Z',
  queue: null,
  workers: [],
  point_seconds: 5,
  points: [],
};

let sources: TopicSources;
let progress: BatchProgress;
let change: (now: () => BatchProgress, hasEnded?: () => boolean) => void;
let unsubscribed: number;
let refresh: () => Promise<Activity>;
let refreshed: number;
let reported: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  progress = { id: 'batch', total: 6, finished: false, counts };
  unsubscribed = 0;
  refreshed = 0;
  reported = [];
  refresh = async () => activity;
  sources = createTopicSources({
    predictions: { subscribe: () => Promise.reject(new Error('not here')) },
    batches: {
      async subscribe(_, onChange) {
        change = (now, hasEnded = () => progress.finished) => onChange(now, hasEnded);
        return { now: () => progress, unsubscribe: () => unsubscribed++ };
      },
    },
    activity: {
      now: async () => activity,
      refresh: () => {
        refreshed++;
        return refresh();
      },
    },
    report: (error) => void reported.push(error),
  });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('a batch', () => {
  const published: BatchProgress[] = [];
  beforeEach(() => {
    published.length = 0;
  });
  const open = () => sources.batch.open('batch', (snapshot) => void published.push(snapshot));
  const succeed = (succeeded: number) => {
    progress = {
      ...progress,
      finished: succeeded === 6,
      counts: { ...counts, succeeded, queued: 6 - succeeded },
    };
    change(() => progress);
  };

  test('is published at most once in a while, as it is at that time', async () => {
    const source = await open();
    expect(source.now()).toEqual(progress);
    succeed(1);
    succeed(2);
    succeed(3);
    vi.advanceTimersByTime(UPDATE_MS - 1);
    expect(published).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(published).toMatchObject([{ counts: { succeeded: 3 } }]);
    vi.advanceTimersByTime(10 * UPDATE_MS);
    expect(published).toHaveLength(1);
    source.close();
    expect(unsubscribed).toBe(1);
  });

  test('has its end published in the turn in which it ends, though it comes right after an update', async () => {
    await open();
    succeed(3);
    vi.advanceTimersByTime(UPDATE_MS);
    let looks = 0;
    const hasEnded = () => {
      looks++;
      return progress.finished;
    };
    progress = { ...progress, finished: true };
    for (let i = 0; i < 32; i++) change(() => progress, hasEnded);
    vi.advanceTimersByTime(0);
    expect(published.map(sources.batch.isLast)).toEqual([false, true]);
    expect(looks).toBe(1);
    vi.advanceTimersByTime(10 * UPDATE_MS);
    expect(published).toHaveLength(2);
  });

  test('that seems to have ended and has a prediction read again is published with the next update', async () => {
    await open();
    change(
      () => progress,
      () => true,
    );
    vi.advanceTimersByTime(0);
    expect(published).toEqual([]);
    vi.advanceTimersByTime(UPDATE_MS);
    expect(published).toEqual([progress]);
  });

  test('is not published after it was closed', async () => {
    const source = await open();
    succeed(1);
    succeed(6);
    source.close();
    vi.advanceTimersByTime(UPDATE_MS);
    expect(published).toEqual([]);
  });
});

describe('activity', () => {
  const published: Activity[] = [];
  beforeEach(() => {
    published.length = 0;
  });
  const open = () => sources.activity.open(undefined, (snapshot) => void published.push(snapshot));

  test('is refreshed once a second from its opening to its closing', async () => {
    const source = await open();
    expect(source.now()).toBe(activity);
    expect(refreshed).toBe(0);
    const later = { ...activity, point_seconds: 7 };
    refresh = async () => later;
    await vi.advanceTimersByTimeAsync(TICK_MS);
    expect([source.now(), published]).toEqual([later, [later]]);
    await vi.advanceTimersByTimeAsync(TICK_MS);
    expect(refreshed).toBe(2);
    source.close();
    await vi.advanceTimersByTimeAsync(10 * TICK_MS);
    expect(refreshed).toBe(2);
  });

  test('goes on after a refresh that failed, which is reported', async () => {
    const source = await open();
    refresh = () => Promise.reject(new Error('a fault'));
    await vi.advanceTimersByTimeAsync(TICK_MS);
    expect([published, reported]).toEqual([[], [new Error('a fault')]]);
    refresh = async () => activity;
    await vi.advanceTimersByTimeAsync(TICK_MS);
    expect(published).toEqual([activity]);
    source.close();
  });
});
