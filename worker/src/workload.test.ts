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
  const { process, running, workload } = countImages(
    () => new Promise((resolve, reject) => void ends.push({ resolve, reject })),
  );
  expect(workload()).toMatchObject({ running: 0, finished: 0 });
  const [three, two] = [process(job(3)), process(job(2))];
  expect(workload()).toMatchObject({ running: 5, finished: 0 });
  expect(running()).toBe(5);
  ends[0]!.resolve(result);
  expect(await three).toBe(result);
  expect(workload()).toMatchObject({ running: 2, finished: 3 });
  ends[1]!.reject(new Error('no memory'));
  await expect(two).rejects.toThrow('no memory');
  expect(workload()).toMatchObject({ running: 0, finished: 3 });
});

test('it says how many jobs run, since when the oldest does, and how many images a second end', async () => {
  let now = 0;
  const ends: (() => void)[] = [];
  const { process, workload } = countImages(
    () => new Promise((resolve) => void ends.push(() => resolve(result))),
    { now: () => now },
  );
  expect(workload()).toMatchObject({ jobs: 0, busy_since: null, per_second: 0 });
  const first = process(job(30));
  now = 2_000;
  const second = process(job(10));
  expect(workload()).toMatchObject({ jobs: 2, busy_since: '1970-01-01T00:00:00.000Z', per_second: 0 });
  ends[0]!();
  await first;
  expect(workload()).toMatchObject({ jobs: 1, busy_since: '1970-01-01T00:00:02.000Z', per_second: 15 });
  ends[1]!();
  await second;
  now = 4_000;
  expect(workload()).toMatchObject({ jobs: 0, busy_since: null, per_second: 10 });
});

test('the rate is that of ten beats, however often it is asked between them how many images run', async () => {
  let now = 0;
  const { process, running, workload } = countImages(async () => result, { now: () => now });
  await process(job(40));
  for (now = 1_000; now <= 8_000; now += 1_000) {
    for (let scrape = 0; scrape < 20; scrape++) running();
    workload();
  }
  expect(workload()).toMatchObject({ per_second: 4.4 });
});
