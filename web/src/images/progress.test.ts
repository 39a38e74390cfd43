import { expect, it } from 'vitest';
import type { PageImage } from '../state/page.ts';
import { IDLE_PREDICTION, type TrackedPrediction } from '../state/tracked-prediction.ts';
import { overallProgress } from './progress.ts';

const images = (...predictions: Partial<TrackedPrediction>[]): PageImage[] =>
  predictions.map((tracked, index) => ({
    key: String(index),
    name: '',
    bytes: 1,
    thumbnail: '',
    recorded: false,
    tracked: { ...IDLE_PREDICTION, ...tracked },
  }));
const failure = (retryAt: number | null) => ({ code: 'queue-full', retryable: true, retryAt }) as const;

it('counts the upload as half of the way, the prediction as the other half', () => {
  const all = images({ phase: 'waiting' }, { phase: 'sending' }, { phase: 'following' }, { phase: 'done' });
  expect(overallProgress(all, 0.5)).toEqual({ all: 4, done: 1, failed: 0, sending: true, share: 3.5 / 8 });
});

it('counts a failure as done, unless the page tries again', () => {
  const all = images({ phase: 'failed', failure: failure(null) }, { phase: 'failed', failure: failure(9) });
  expect(overallProgress(all, 0)).toEqual({ all: 2, done: 1, failed: 1, sending: false, share: 0.5 });
});

it('is zero without images', () => {
  expect(overallProgress([], 0)).toEqual({ all: 0, done: 0, failed: 0, sending: false, share: 0 });
});
