import type { JobResult, Outcome } from '@inkqueue/shared/contracts/job';
import { canTransition } from '@inkqueue/shared/contracts/prediction';
import { type PredictionError, toPredictionError } from '@inkqueue/shared/contracts/problems';

type Succeeded = Extract<Outcome, { result: unknown }> & Pick<JobResult, 'model' | 'worker'>;

/** The state of one prediction. Times are Unix milliseconds; `startedAt` is null where the queue does not know it. */
export type PredictionState =
  /**
   * `position`: jobs that workers take first; `startMs`: about how long until a worker begins, in milliseconds. Null where
   * it was not looked up, or is not known.
   */
  | { status: 'queued'; position: number | null; startMs: number | null }
  | { status: 'running'; startedAt: number }
  | ({ status: 'succeeded'; startedAt: number; finishedAt: number } & Succeeded)
  | { status: 'failed'; startedAt: number | null; finishedAt: number; error: PredictionError }
  /** The error says who canceled it, or which limit. */
  | { status: 'canceled'; startedAt: number | null; finishedAt: number; error: PredictionError };

/** The state of one job, which its predictions share until the worker returns an outcome for each of them. */
export type JobState =
  | { status: 'queued' }
  | { status: 'running'; startedAt: number }
  | { status: 'completed'; result: JobResult }
  | { status: 'failed'; startedAt: number | null; finishedAt: number; error: PredictionError };

/** The error of a job that failed as a whole. What exactly broke is no business of the client. */
export const JOB_FAILED = toPredictionError('internal', 'The prediction failed inside the service.');

export const QUEUED: PredictionState = { status: 'queued', position: null, startMs: null };

/** The state of the prediction at `index` of a job. */
export function stateAt(job: JobState, index: number): PredictionState {
  if (job.status === 'queued') return QUEUED;
  if (job.status !== 'completed') return job;
  const { started_at: startedAt, finished_at: finishedAt, model, worker, outcomes } = job.result;
  const outcome = outcomes[index];
  if (outcome && 'result' in outcome) {
    const by = { model, ...(worker !== undefined && { worker }) };
    return { status: 'succeeded', startedAt, finishedAt, ...by, ...outcome };
  }
  if (outcome && 'canceled' in outcome)
    return { status: 'canceled', startedAt: null, finishedAt, error: outcome.canceled };
  return { status: 'failed', startedAt, finishedAt, error: outcome?.error ?? JOB_FAILED };
}

/**
 * The state after the queue reported `next`: `current`, the same object, where the state machine has no such transition
 * (a snapshot may be newer than the event, and nothing follows a final state).
 */
export function advance(current: PredictionState, next: PredictionState): PredictionState {
  // A reader that fell behind the event stream may see the end without the start.
  const skipsRunning = current.status === 'queued' && next.status === 'succeeded';
  if (!canTransition(current.status, next.status) && !skipsRunning) return current;
  if (next.status === 'failed' && next.startedAt === null && current.status === 'running') {
    return { ...next, startedAt: current.startedAt };
  }
  return next;
}
