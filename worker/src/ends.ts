import type { StoredOutcome } from '@inkqueue/shared/contracts/job';
import { toPredictionError } from '@inkqueue/shared/contracts/problems';
import { type Counts, timeName } from '@inkqueue/shared/node/counts';
import type { Failure } from '@inkqueue/shared/node/failures';
import type { createConsumer } from './consumer.ts';
import { CANCELED, type PredictionJob } from './processor.ts';

/** How one image ended in this worker. */
export interface ImageEnd {
  job: string;
  index: number;
  outcome: StoredOutcome;
  /** Unix milliseconds. */
  acceptedAt: number;
  endedAt: number;
}

/** Of each image of a job that failed for good. */
const FAILED: StoredOutcome = { error: toPredictionError('internal', 'Its job failed.') };

/**
 * Tells each listener how each image ended that this worker ran: once its job has ended, and not after an attempt that the queue tries
 * again. An image whose prediction had ended before its job ran again is not told.
 */
export function createEnds(listeners: readonly ((end: ImageEnd) => void)[]) {
  const canceled = new WeakMap<PredictionJob, readonly number[]>();

  function tell(job: PredictionJob, endedAt: number, outcomeAt: (index: number) => StoredOutcome): void {
    for (const [index, picture] of job.data.pictures.entries()) {
      if ('settled' in picture) continue;
      const outcome = outcomeAt(index);
      const end: ImageEnd = { job: job.id ?? '', index, outcome, acceptedAt: job.timestamp, endedAt };
      for (const listen of listeners) listen(end);
    }
  }

  return {
    /** To be told which images of a job that runs had been canceled: they do not fail with the job. */
    noteCanceled: (job: PredictionJob, indices: readonly number[]): void => void canceled.set(job, indices),
    /** Learns from the consumer which jobs end. */
    follow(consumer: Pick<ReturnType<typeof createConsumer>, 'on'>): void {
      consumer.on('completed', (job, { finished_at, outcomes }) =>
        tell(job, finished_at, (index) => outcomes[index] ?? FAILED),
      );
      consumer.on('failed', (job) => {
        if (!job?.finishedOn) return;
        const before = canceled.get(job) ?? [];
        tell(job, job.finishedOn, (index) => (before.includes(index) ? CANCELED : FAILED));
      });
    },
  };
}

/**
 * Counts the images that end, for the activity, and notes those that fail. One that was canceled before this worker read its bytes has been
 * counted by the api that canceled it; one that was canceled while this worker reads it counts here alone.
 */
export function countEnds({
  counts,
  noteFailure,
}: {
  counts: Pick<Counts, 'add'>;
  noteFailure: (failure: Failure) => void;
}): (end: ImageEnd) => void {
  return ({ job, index, outcome, acceptedAt, endedAt }) => {
    if ('result' in outcome) {
      counts.add('succeeded');
      counts.add(timeName(endedAt - acceptedAt));
    } else if ('error' in outcome) {
      const { code } = outcome.error;
      counts.add(`failed:${code}`);
      noteFailure({ job, index, code, at: endedAt });
    } else if (outcome.canceled.code === 'deadline-passed') counts.add('canceled');
  };
}
