import type { StoredJobResult } from '@inkqueue/shared/contracts/job';
import type { Workload } from '@inkqueue/shared/node/presence';
import type { PredictionJob } from './processor.ts';

type Process = (job: PredictionJob, token?: string) => Promise<StoredJobResult>;

/** Counts the images that go through a worker. Images of an attempt that failed are not finished. */
export function countImages(run: Process): { process: Process; workload: () => Workload } {
  let running = 0;
  let finished = 0;
  return {
    async process(job, token) {
      const count = job.data.pictures.length;
      running += count;
      try {
        const result = await run(job, token);
        finished += count;
        return result;
      } finally {
        running -= count;
      }
    },
    workload: () => ({ running, finished }),
  };
}
