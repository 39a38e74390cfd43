import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestFailure } from '../../api/request-failure.ts';
import {
  IDLE_PREDICTION,
  nextTracked,
  type TrackedPrediction,
} from '../../state/prediction/tracked-prediction.ts';
import { file, folder, setUp } from '../../testing/batch-tracker.ts';
import { queued, succeeded } from '../../testing/predictions.ts';
import { createBatchTracker } from './batch-tracker.ts';

const full = new RequestFailure({ code: 'queue-full', retryable: true, retryAfterMs: 3000 });
const tooMany = new RequestFailure({ code: 'too-many-files', retryable: false });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('sends files together, and reports the result of each', async () => {
  const { start, sent, phases, predictions } = setUp();
  start(file('a'), file('b'));
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([['a', 'b']]);
  expect(phases()).toEqual({ a: 'done', b: 'done' });
  expect(predictions.get('b')?.succeeded?.result.predicted_digit).toBe(1);
});

it('tells of an upload to the images in it alone', async () => {
  const { start, predictions } = setUp({ upload: new Promise(() => {}) });
  start(file('a'), file('b'));
  start(file('c'));
  await vi.advanceTimersByTimeAsync(0);
  const uploadOf = (key: string) => predictions.get(key)?.upload;
  expect(uploadOf('a')).toEqual({ sent: 0, total: 6 });
  expect(uploadOf('b')).toBe(uploadOf('a'));
  expect(uploadOf('c')).toBeNull();
});

it('leaves out a file that cannot be opened: it fails alone', async () => {
  const { start, sent, phases, predictions } = setUp();
  start(file('a'), folder(), file('b'));
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([['a', 'b']]);
  expect(phases()).toEqual({ a: 'done', folder: 'failed', b: 'done' });
  expect(predictions.get('folder')?.failure?.code).toBe('unreadable-file');
  expect(predictions.get('b')?.succeeded?.result.predicted_digit).toBe(1);
});

it('reports that images are slow after half a second', async () => {
  const { start, predictions } = setUp({ follow: () => new Promise(() => {}) });
  start(file('a'));
  await vi.advanceTimersByTimeAsync(499);
  expect(predictions.get('a')).toMatchObject({ phase: 'following', slow: false });
  await vi.advanceTimersByTimeAsync(2);
  expect(predictions.get('a')?.slow).toBe(true);
});

it('fails an image whose prediction the service has deleted', async () => {
  const { start, predictions } = setUp({
    follow: async (_, { onStates }) => onStates([{ index: 0, filename: null, prediction: null }]),
  });
  start(file('a'));
  await vi.advanceTimersByTimeAsync(0);
  expect(predictions.get('a')).toMatchObject({ phase: 'failed', failure: { code: 'prediction-expired' } });
});

describe('a refusal', () => {
  it('is retried when the service says, all images together', async () => {
    const { start, sent, phases, predictions } = setUp({ refusals: [full] });
    start(file('a'), file('b'));
    await vi.advanceTimersByTimeAsync(2999);
    expect(predictions.get('a')).toMatchObject({ phase: 'failed', failure: { retryAt: expect.any(Number) } });
    await vi.advanceTimersByTimeAsync(2);
    expect(sent).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(phases()).toEqual({ a: 'done', b: 'done' });
  });

  it('is retried at once when somebody asks for it', async () => {
    const { tracker, start, phases, sent } = setUp({ refusals: [full] });
    start(file('a'));
    await vi.advanceTimersByTimeAsync(0);
    tracker.retry('a');
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toHaveLength(2);
    expect(phases()).toEqual({ a: 'done' });
    tracker.retry('a');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toHaveLength(2);
  });

  it('is not retried when it does not pass', async () => {
    const { tracker, start, sent, predictions } = setUp({ refusals: [tooMany] });
    start(file('a'));
    await vi.advanceTimersByTimeAsync(60_000);
    tracker.retry('a');
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toHaveLength(1);
    expect(predictions.get('a')?.failure).toMatchObject({ code: 'too-many-files', retryAt: null });
  });
});

it('sends in halves what a proxy refuses as too large, and fails only the file that is too large alone', async () => {
  const predictions = new Map<string, TrackedPrediction>();
  const sent: string[][] = [];
  const tracker = createBatchTracker({
    client: {
      async submit(files) {
        const names = files.map(({ name }) => name);
        sent.push(names);
        if (names.includes('c') || names.length > 2)
          throw new RequestFailure({ code: 'too-large-for-proxy', retryable: false });
        return { id: queued().id, total: files.length, predictions: [], links: { self: '' } };
      },
    },
    cancel: () => {},
    load: async (image) => image.file,
    follow: async ({ total }, { onStates }) =>
      onStates(
        Array.from({ length: total }, (_, index) => ({
          index,
          filename: null,
          prediction: succeeded(index),
        })),
      ),
    takeToken: () => sent.length + 1,
    emit(events) {
      for (const [key, event] of events)
        predictions.set(key, nextTracked(predictions.get(key) ?? IDLE_PREDICTION, event));
    },
    onNames: () => {},
    now: () => Date.now(),
  });
  tracker.start(['a', 'b', 'c', 'd'].map((name) => ({ key: name, file: file(name) })));
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([['a', 'b', 'c', 'd'], ['a', 'b'], ['c', 'd'], ['c'], ['d']]);
  const phases = [...predictions].map(([key, { phase, failure }]) => [key, failure?.code ?? phase]);
  expect(Object.fromEntries(phases)).toEqual({ a: 'done', b: 'done', c: 'too-large-for-proxy', d: 'done' });
});

it('reports an error of its own on each image', async () => {
  const errors: unknown[] = [];
  const note = (error: unknown) => void errors.push(error);
  process.on('unhandledRejection', note);
  const bug = new TypeError('AbortSignal.any is not a function');
  const { start, predictions } = setUp({ follow: () => Promise.reject(bug) });
  start(file('a'), file('b'));
  await vi.advanceTimersByTimeAsync(0);
  vi.useRealTimers();
  await vi.waitFor(() => expect(errors).toEqual([bug]));
  process.off('unhandledRejection', note);
  for (const key of ['a', 'b'])
    expect(predictions.get(key)).toMatchObject({ phase: 'failed', failure: { code: 'page-error' } });
});

describe('a batch that was sent before the page was loaded again', () => {
  const batch = {
    id: queued().id,
    total: 9,
    images: [
      { key: 'e', index: 4 },
      { key: 'b', index: 1 },
    ],
  };

  it('is followed, and reports the images that the page still shows', async () => {
    const { tracker, predictions, names, sent } = setUp();
    tracker.resume(batch);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([]);
    expect([...predictions.keys()].sort()).toEqual(['b', 'e']);
    expect(predictions.get('e')?.succeeded?.result.predicted_digit).toBe(4);
    expect([...names]).toEqual([
      ['b', '1.png'],
      ['e', '4.png'],
    ]);
    expect(predictions.get('b')?.accepted).toEqual({ batchId: batch.id, total: 9, index: 1 });
  });

  it('fails for good when the service no longer has it: its images cannot be sent again', async () => {
    const expired = new RequestFailure({ code: 'batch-expired', retryable: false });
    const { tracker, sent, predictions } = setUp({ follow: () => Promise.reject(expired) });
    tracker.resume(batch);
    await vi.advanceTimersByTimeAsync(0);
    tracker.retry('b');
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([]);
    for (const key of ['b', 'e'])
      expect(predictions.get(key)?.failure).toEqual({
        code: 'batch-expired',
        retryable: false,
        retryAt: null,
      });
  });
});
