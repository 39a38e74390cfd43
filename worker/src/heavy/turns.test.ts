import type { JobData, StoredJobResult } from '@inkqueue/shared/contracts/job';
import { DelayedError } from 'bullmq';
import { expect, test } from 'vitest';
import { HeavierThanSaid } from '../pipeline/decode/decoder.ts';
import type { PredictionJob } from '../processor.ts';
import { takeTurns } from './turns.ts';

/** Jobs that end when the test says so, and what became of those that were given back. */
function createJobs() {
  const ends = new Map<
    string,
    { resolve: (result: StoredJobResult) => void; reject: (error: Error) => void }
  >();
  const delayed: string[] = [];
  const promoted: string[] = [];
  const marked: string[] = [];
  const runInTurn = takeTurns(
    (job) => new Promise((resolve, reject) => ends.set(job.id!, { resolve, reject })),
  );
  const run = (id: string, { heavy = true, explain = false, promote = async () => {} } = {}) => {
    const job = {
      id,
      data: { pictures: [{ bytes: 1, ...(explain && { explain }) }], ...(heavy && { heavy }) },
      updateData: async (data: JobData) => {
        if (data.heavy) marked.push(id);
      },
      moveToDelayed: async () => void delayed.push(id),
      promote: async () => {
        await promote();
        promoted.push(id);
      },
    };
    return runInTurn(job as unknown as PredictionJob, 'token');
  };
  return { ends, delayed, promoted, marked, run };
}

const result = { outcomes: [] } as unknown as StoredJobResult;

test('a second heavy job is given back, others go on beside the first, and the second is called back', async () => {
  const { ends, delayed, promoted, run } = createJobs();
  const first = run('first');
  await expect(run('second')).rejects.toThrow(DelayedError);
  await expect(run('third')).rejects.toThrow(DelayedError);
  expect(delayed).toEqual(['second', 'third']);
  const light = run('light', { heavy: false });
  ends.get('light')!.resolve(result);
  expect(await light).toBe(result);
  expect(promoted).toEqual([]);
  ends.get('first')!.resolve(result);
  expect(await first).toBe(result);
  await expect.poll(() => promoted).toEqual(['second']);
});

test('a second image to explain is given back, and waits for no heavy one', async () => {
  const { ends, delayed, promoted, run } = createJobs();
  const heavy = run('heavy');
  const first = run('first', { heavy: false, explain: true });
  await expect(run('second', { heavy: false, explain: true })).rejects.toThrow(DelayedError);
  expect(delayed).toEqual(['second']);
  ends.get('first')!.resolve(result);
  expect(await first).toBe(result);
  await expect.poll(() => promoted).toEqual(['second']);
  ends.get('heavy')!.resolve(result);
  expect(await heavy).toBe(result);
});

test('where another worker has the job that is called back, the next one is', async () => {
  const { ends, promoted, run } = createJobs();
  const first = run('first');
  const taken = { promote: () => Promise.reject(new Error('the job is not delayed')) };
  await expect(run('second', taken)).rejects.toThrow(DelayedError);
  await expect(run('third')).rejects.toThrow(DelayedError);
  ends.get('first')!.resolve(result);
  await first;
  await expect.poll(() => promoted).toEqual(['third']);
});

test('a job of which only its decoder finds out that it is heavy waits for its turn as others do', async () => {
  const { ends, delayed, marked, run } = createJobs();
  const first = run('first');
  const second = run('second', { heavy: false });
  ends.get('second')!.reject(new HeavierThanSaid());
  await expect(second).rejects.toThrow(DelayedError);
  expect(delayed).toEqual(['second']);
  ends.get('first')!.resolve(result);
  await first;

  const third = run('third', { heavy: false });
  ends.get('third')!.reject(new HeavierThanSaid());
  await expect.poll(() => marked).toEqual(['second', 'third']);
  await expect(run('fourth')).rejects.toThrow(DelayedError);
  ends.get('third')!.resolve(result);
  expect(await third).toBe(result);
});

test('a heavy job that failed makes room for the next one', async () => {
  const { ends, run } = createJobs();
  const first = run('first');
  ends.get('first')!.reject(new Error('no memory'));
  await expect(first).rejects.toThrow('no memory');
  const second = run('second');
  ends.get('second')!.resolve(result);
  expect(await second).toBe(result);
});
