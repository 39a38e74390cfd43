import { expect, it } from 'vitest';
import { overallProgress } from './progress.ts';
import { IDLE_PREDICTION, type TrackedPrediction, type Upload } from './tracked-prediction.ts';

const images = (...predictions: Partial<TrackedPrediction>[]) =>
  predictions.map((tracked) => ({ tracked: { ...IDLE_PREDICTION, ...tracked } }));
const failure = (retryAt: number | null) => ({ code: 'queue-full', retryable: true, retryAt }) as const;

it('counts the upload as half of the way, the prediction as the other half', () => {
  const upload = { sent: 2, total: 4 };
  const all = images(
    { phase: 'waiting' },
    { phase: 'sending', upload },
    { phase: 'following' },
    { phase: 'done' },
  );
  expect(overallProgress(all)).toEqual({
    all: 4,
    done: 1,
    failed: 0,
    upload,
    share: 3.5 / 8,
  });
});

it('counts a failure as done, unless the page tries again', () => {
  const all = images({ phase: 'failed', failure: failure(null) }, { phase: 'failed', failure: failure(9) });
  expect(overallProgress(all)).toEqual({ all: 2, done: 1, failed: 1, upload: null, share: 0.5 });
});

it('counts an upload that several images share once, and adds up those of others', () => {
  const [shared, alone] = [
    { sent: 100, total: 400 },
    { sent: 30, total: 40 },
  ];
  const sending = (upload: Upload | null) => ({ phase: 'sending', upload }) as const;
  const all = images(sending(shared), sending(shared), sending(alone), sending(null));
  expect(overallProgress(all)).toMatchObject({ upload: { sent: 130, total: 440 }, share: 1.25 / 8 });
});

it('says nothing of an upload that has ended', () => {
  const upload = { sent: 4, total: 4 };
  expect(
    overallProgress(images({ phase: 'following', upload }, { phase: 'done', upload })).upload,
  ).toBeNull();
});

it('is zero without images', () => {
  expect(overallProgress([])).toEqual({ all: 0, done: 0, failed: 0, upload: null, share: 0 });
});
