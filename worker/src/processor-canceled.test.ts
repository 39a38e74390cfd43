import { testManifest } from '@inkqueue/shared/testing/model-manifest';
import { expect, test } from 'vitest';
import { ImageError } from './pipeline/image-error.ts';
import { createProcessor, type PredictionJob } from './processor.ts';

test('an image that was canceled while its job waited is canceled, though its deadline has passed since', async () => {
  const noted: unknown[] = [];
  const process = createProcessor({
    uploads: { read: async () => [Buffer.of(), Buffer.of(1), Buffer.of(2)] },
    predict: () => Promise.reject(new ImageError('no-ink', 'Nothing.')),
    manifest: testManifest,
    log: { error: () => {} },
    noteCanceled: (...args) => void noted.push(args),
  });
  const deadline = { at: 1_020, limitMs: 20, by: 'client' as const };
  const job = {
    id: 'a',
    timestamp: 1_000,
    processedOn: 1_040,
    stalledCounter: 0,
    data: { pictures: [{ bytes: 1, deadline }, { bytes: 1, deadline }, { bytes: 1 }] },
  } as PredictionJob;
  const { outcomes } = await process(job);
  expect(outcomes).toMatchObject([
    { canceled: { code: 'canceled' } },
    { canceled: { code: 'deadline-passed' } },
    { error: { code: 'no-ink' } },
  ]);
  expect(noted).toEqual([[job, [0]]]);
});
