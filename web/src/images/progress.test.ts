import { expect, it } from 'vitest';
import type { Picture } from '../state/page.ts';
import { idleReading, type Reading } from '../state/tracked-prediction.ts';
import { overallProgress } from './progress.ts';

const pictures = (...readings: Partial<Reading>[]): Picture[] =>
  readings.map((reading, index) => ({
    key: String(index),
    name: '',
    bytes: 1,
    preview: '',
    reading: { ...idleReading, ...reading },
  }));
const failure = (retryAt: number | null) => ({ code: 'queue-full', retryable: true, retryAt }) as const;

it('counts half of the way as upload, half as reading', () => {
  const all = pictures({ phase: 'waiting' }, { phase: 'sending' }, { phase: 'following' }, { phase: 'done' });
  expect(overallProgress(all, 0.5)).toEqual({ all: 4, done: 1, sending: true, share: 3.5 / 8 });
});

it('counts what failed as done, unless it is tried again', () => {
  const all = pictures({ phase: 'failed', failure: failure(null) }, { phase: 'failed', failure: failure(9) });
  expect(overallProgress(all, 0)).toEqual({ all: 2, done: 1, sending: false, share: 0.5 });
});

it('has nothing to tell of no pictures', () => {
  expect(overallProgress([], 0)).toEqual({ all: 0, done: 0, sending: false, share: 0 });
});
