import type { StoredJobResult } from '@inkqueue/shared/contracts/job';
import { expect, test } from 'vitest';
import type { PredictionJob } from './processor.ts';
import { countImages } from './workload.ts';

const job = (count: number) =>
  ({ data: { pictures: Array.from({ length: count }, () => ({ bytes: 1 })) } }) as PredictionJob;
const result: StoredJobResult = {
  model: { name: 'test', version: '1' },
  started_at: 1,
  finished_at: 2,
  outcomes: [],
};

test('images are running until their job ends, and finished where the job does not fail', async () => {
  const ends: { resolve: (result: StoredJobResult) => void; reject: (reason: Error) => void }[] = [];
  const { process, workload } = countImages(
    () => new Promise((resolve, reject) => void ends.push({ resolve, reject })),
  );
  expect(workload()).toEqual({ running: 0, finished: 0 });
  const [three, two] = [process(job(3)), process(job(2))];
  expect(workload()).toEqual({ running: 5, finished: 0 });
  ends[0]!.resolve(result);
  expect(await three).toBe(result);
  expect(workload()).toEqual({ running: 2, finished: 3 });
  ends[1]!.reject(new Error('no memory'));
  await expect(two).rejects.toThrow('no memory');
  expect(workload()).toEqual({ running: 0, finished: 3 });
});
