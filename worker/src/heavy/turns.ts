import type { StoredJobResult } from '@inkqueue/shared/contracts/job';
import { DelayedError } from 'bullmq';
import { HeavierThanSaid } from '../pipeline/decode/decoder.ts';
import type { PredictionJob } from '../processor.ts';

/** How long a job that was given back waits at most. The worker calls it back once it can run it. */
const PAUSE_MS = 3_000;
/** Most jobs of a kind that a worker calls back; the others come back by themselves. */
const GIVEN_BACK_MAX = 100;

/** Runs one job, or throws BullMQ's DelayedError for a job that was given back. */
type RunInTurn = (job: PredictionJob, token?: string) => Promise<StoredJobResult>;

/**
 * Lets a worker run one heavy job at a time, and one job with an image to explain. It gives a second one back to the queue, so that the
 * jobs behind it go on. A job of which only the decoder finds out that it is heavy is one from then on.
 *
 * @param run runs one job
 */
export function takeTurns(run: (job: PredictionJob) => Promise<StoredJobResult>): RunInTurn {
  const runHeavy = oneAtATime(run);
  const runExplained = oneAtATime(run);

  return async (job, token) => {
    if (!job.data.heavy) {
      try {
        return await (isExplained(job) ? runExplained(job, token) : run(job));
      } catch (error) {
        if (!(error instanceof HeavierThanSaid)) throw error;
        // From here on it is a heavy job, for other workers as well.
        await job.updateData({ ...job.data, heavy: true });
      }
    }
    return runHeavy(job, token);
  };
}

const isExplained = ({ data }: PredictionJob): boolean =>
  data.pictures.some((picture) => 'explain' in picture && picture.explain === true);

function oneAtATime(run: (job: PredictionJob) => Promise<StoredJobResult>): RunInTurn {
  let isBusy = false;
  const givenBack: PredictionJob[] = [];

  async function giveBack(job: PredictionJob, token: string | undefined): Promise<never> {
    if (givenBack.length < GIVEN_BACK_MAX) givenBack.push(job);
    await job.moveToDelayed(Date.now() + PAUSE_MS, token);
    throw new DelayedError();
  }

  /** In the order in which they came: else a job that comes just now would always be the next. */
  async function callBack(): Promise<void> {
    for (let job = givenBack.shift(); job; job = givenBack.shift()) {
      // It may have come back by itself, and another worker may have it.
      const isCalled = await job.promote().then(
        () => true,
        () => false,
      );
      if (isCalled) return;
    }
  }

  return async (job, token) => {
    if (isBusy) return giveBack(job, token);
    isBusy = true;
    try {
      return await run(job);
    } finally {
      isBusy = false;
      void callBack();
    }
  };
}
