import { JOB_VERSION } from '@inkqueue/shared/contracts/job';
import { DelayedError } from 'bullmq';
import { expect, test, vi } from 'vitest';
import { leaveNewer } from './newer-jobs.ts';
import type { PredictionJob } from './processor.ts';

const result = { model: { name: 'm', version: '1' }, started_at: 1, finished_at: 2, outcomes: [] };

function jobOf(version: number | undefined) {
  const moveToDelayed = vi.fn(async () => {});
  return Object.assign({ data: { version, pictures: [] }, moveToDelayed } as unknown as PredictionJob, {
    moveToDelayed,
  });
}

test.each([undefined, 1, JOB_VERSION])('a job of version %s is run', async (version) => {
  const job = jobOf(version);
  expect(await leaveNewer(async () => result)(job, 'token')).toBe(result);
  expect(job.moveToDelayed).not.toHaveBeenCalled();
});

test('a job of a later version goes back to the queue, for a worker that knows it', async () => {
  const job = jobOf(JOB_VERSION + 1);
  const run = vi.fn(async () => result);
  await expect(leaveNewer(run)(job, 'token')).rejects.toThrow(DelayedError);
  expect(run).not.toHaveBeenCalled();
  expect(job.moveToDelayed).toHaveBeenCalledWith(expect.any(Number), 'token');
});
