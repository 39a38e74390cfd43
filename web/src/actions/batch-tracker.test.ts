import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BatchFollower } from '../api/batch-follower.ts';
import type { BatchClient } from '../api/batches.ts';
import { RequestFailure } from '../api/request-failure.ts';
import { idleReading, nextReading, type Reading } from '../state/tracked-prediction.ts';
import { queued, succeeded } from '../testing/predictions.ts';
import { createBatchReader } from './batch-tracker.ts';

const full = new RequestFailure({ code: 'queue-full', retryable: true, retryAfterMs: 3000 });
const tooMany = new RequestFailure({ code: 'too-many-files', retryable: false });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const file = (name: string) => new File(['ink'], name);
/** A file as a dropped folder looks: there, and not to be opened. */
const folder = () =>
  Object.assign(file('folder'), {
    slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('no', 'NotFoundError')) }),
  });

function setUp(options: { refusals?: RequestFailure[]; follow?: BatchFollower['follow'] } = {}) {
  const refusals = options.refusals ?? [];
  const readings = new Map<string, Reading>();
  const sent: string[][] = [];
  let tokens = 0;
  const submit: BatchClient['submit'] = async (files) => {
    sent.push(files.map(({ name }) => name));
    const refusal = refusals.shift();
    if (refusal) throw refusal;
    return { id: queued().id, total: files.length, predictions: [], links: { self: '' } };
  };
  const follow: BatchFollower['follow'] = async ({ total }, { onStates }) =>
    onStates(Array.from({ length: total }, (_, index) => ({ index, prediction: succeeded(index % 10) })));
  const reader = createBatchReader({
    client: { submit, page: () => Promise.reject(new Error('not here')) },
    follower: { follow: options.follow ?? follow },
    take: () => ++tokens,
    emit(events) {
      for (const [key, event] of events)
        readings.set(key, nextReading(readings.get(key) ?? idleReading, event));
    },
    onUpload: () => {},
    now: () => Date.now(),
  });
  const read = (...files: File[]) => reader.read(files.map((each) => ({ key: each.name, file: each })));
  const phases = () => Object.fromEntries([...readings].map(([key, { phase }]) => [key, phase]));
  return { reader, read, readings, phases, sent };
}

it('sends files together, and tells the answer of each', async () => {
  const { read, sent, phases, readings } = setUp();
  read(file('a'), file('b'));
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([['a', 'b']]);
  expect(phases()).toEqual({ a: 'done', b: 'done' });
  expect(readings.get('b')?.answer?.result.predicted_digit).toBe(1);
});

it('leaves out a file that can’t be opened: it fails alone', async () => {
  const { read, sent, phases, readings } = setUp();
  read(file('a'), folder(), file('b'));
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([['a', 'b']]);
  expect(phases()).toEqual({ a: 'done', folder: 'failed', b: 'done' });
  expect(readings.get('folder')?.failure?.code).toBe('unreadable-file');
  expect(readings.get('b')?.answer?.result.predicted_digit).toBe(1);
});

it('says that it takes long after half a second', async () => {
  const { read, readings } = setUp({ follow: () => new Promise(() => {}) });
  read(file('a'));
  await vi.advanceTimersByTimeAsync(499);
  expect(readings.get('a')).toMatchObject({ phase: 'following', slow: false });
  await vi.advanceTimersByTimeAsync(2);
  expect(readings.get('a')?.slow).toBe(true);
});

it('fails a picture that is no longer kept', async () => {
  const { read, readings } = setUp({
    follow: async (_, { onStates }) => onStates([{ index: 0, prediction: null }]),
  });
  read(file('a'));
  await vi.advanceTimersByTimeAsync(0);
  expect(readings.get('a')).toMatchObject({ phase: 'failed', failure: { code: 'prediction-expired' } });
});

describe('a refusal', () => {
  it('that passes is tried again when the service says, all together', async () => {
    const { read, sent, phases, readings } = setUp({ refusals: [full] });
    read(file('a'), file('b'));
    await vi.advanceTimersByTimeAsync(2999);
    expect(readings.get('a')).toMatchObject({ phase: 'failed', failure: { retryAt: expect.any(Number) } });
    await vi.advanceTimersByTimeAsync(2);
    expect(sent).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(phases()).toEqual({ a: 'done', b: 'done' });
  });

  it('that passes is tried again at once on a press', async () => {
    const { reader, read, phases, sent } = setUp({ refusals: [full] });
    read(file('a'));
    await vi.advanceTimersByTimeAsync(0);
    expect(reader.retry('a')).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toHaveLength(2);
    expect(phases()).toEqual({ a: 'done' });
    expect(reader.retry('a')).toBe(false);
  });

  it('that stays is not', async () => {
    const { reader, read, sent, readings } = setUp({ refusals: [tooMany] });
    read(file('a'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
    expect(readings.get('a')?.failure).toMatchObject({ code: 'too-many-files', retryAt: null });
    expect(reader.retry('a')).toBe(false);
  });
});

describe('what is dropped', () => {
  it('is not sent again with the rest', async () => {
    const { reader, read, sent } = setUp({ refusals: [full] });
    read(file('a'), file('b'));
    await vi.advanceTimersByTimeAsync(0);
    reader.drop(['a']);
    await vi.advanceTimersByTimeAsync(3000);
    expect(sent.at(-1)).toEqual(['b']);
  });

  it('ends its batch when it was the last of it', async () => {
    let signal: AbortSignal | undefined;
    const { reader, read } = setUp({
      follow: (_, options) => {
        signal = options.signal;
        return new Promise(() => {});
      },
    });
    read(file('a'), file('b'));
    await vi.advanceTimersByTimeAsync(0);
    reader.drop(['a']);
    expect(signal?.aborted).toBe(false);
    reader.drop(['b']);
    expect(signal?.aborted).toBe(true);
  });
});
