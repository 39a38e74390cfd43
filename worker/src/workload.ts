import type { StoredJobResult } from '@inkqueue/shared/contracts/job';
import type { Workload } from '@inkqueue/shared/node/presence';
import type { PredictionJob } from './processor.ts';

/** The rate is that of so many beats, of one a second. */
const RATE_BEATS = 10;

/** Runs one job. */
export type ProcessJob = (job: PredictionJob, token?: string) => Promise<StoredJobResult>;

/** Counts the images that go through a worker. Images of an attempt that failed are not finished. */
export function countImages(
  run: ProcessJob,
  { now = () => Date.now() } = {},
): { process: ProcessJob; running: () => number; workload: () => Workload } {
  let running = 0;
  let finished = 0;
  /** When the jobs that run began, oldest first. */
  const begun = new Set<{ at: number }>();
  const beats = [{ at: now(), finished }];

  function rate(): number {
    const first = beats[0]!;
    const seconds = (now() - first.at) / 1_000;
    beats.push({ at: now(), finished });
    if (beats.length > RATE_BEATS) beats.shift();
    return seconds <= 0 ? 0 : Math.round((10 * (finished - first.finished)) / seconds) / 10;
  }

  return {
    async process(job, token) {
      const count = job.data.pictures.length;
      const held = { at: now() };
      begun.add(held);
      running += count;
      try {
        const result = await run(job, token);
        finished += count;
        return result;
      } finally {
        running -= count;
        begun.delete(held);
      }
    },
    /** How many run now. */
    running: () => running,
    /** To be asked at each beat, and by nothing else: the rate is that since the beats before. */
    workload() {
      const [oldest] = begun;
      return {
        running,
        finished,
        per_second: rate(),
        jobs: begun.size,
        busy_since: oldest ? new Date(oldest.at).toISOString() : null,
      };
    },
  };
}
