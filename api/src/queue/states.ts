import { type JobResult, jobFailure, type Outcome } from '@inkqueue/shared/contracts/job';
import { canTransition, type Prediction, type PredictionStatus } from '@inkqueue/shared/contracts/prediction';
import type { PredictionError } from '@inkqueue/shared/contracts/problems';
import { createdAt } from './ids.ts';

/** A change of a job's state, as the queue tells it: each of its predictions changes with it. `at` is Unix milliseconds. */
export type JobChange =
  | { jobId: string; to: 'queued' | 'running'; at: number }
  | { jobId: string; to: 'completed'; job: JobResult }
  | { jobId: string; to: 'failed'; error: PredictionError; at: number; startedAt?: number };

/** A change of one prediction's state. */
export type StateChange =
  | { to: 'queued' | 'running'; at: number }
  | { to: 'succeeded'; job: Omit<JobResult, 'outcomes'>; outcome: Extract<Outcome, { result: unknown }> }
  | { to: 'failed'; error: PredictionError; at: number; startedAt?: number };

/** What a job's change means for its prediction at `index`. */
export function changeAt(change: JobChange, index: number): StateChange {
  if (change.to !== 'completed') return change;
  const outcome = change.job.outcomes[index];
  if (outcome && 'result' in outcome) return { to: 'succeeded', job: change.job, outcome };
  const error = outcome?.error ?? jobFailure('');
  return { to: 'failed', error, at: change.job.finished_at, startedAt: change.job.started_at };
}

const iso = (ms: number) => new Date(ms).toISOString();

/** A prediction that was just accepted; `feedback`: whether people are asked what it shows. */
export function accepted(id: string, { feedback }: { feedback: boolean }): Prediction {
  const self = `/predictions/${id}`;
  return {
    id,
    status: 'queued',
    model: null,
    created_at: iso(createdAt(id)),
    started_at: null,
    finished_at: null,
    queue_position: null,
    result: null,
    error: null,
    timings: null,
    preview: null,
    links: { self, feedback: feedback ? `${self}/feedback` : null },
  };
}

/**
 * The prediction after a change; the same object where the change is none from here (an event that a snapshot already
 * holds, or one that comes after the end).
 */
export function apply(prediction: Prediction, change: StateChange): Prediction {
  if (!canTransition(prediction.status, change.to) && !skipsRunning(prediction.status, change.to))
    return prediction;
  const next: Prediction = { ...prediction, status: change.to, queue_position: null };
  switch (change.to) {
    case 'queued':
      return { ...next, started_at: null };
    case 'running':
      return { ...next, started_at: iso(change.at) };
    case 'succeeded':
      return {
        ...next,
        model: change.job.model,
        started_at: iso(change.job.started_at),
        finished_at: iso(change.job.finished_at),
        result: change.outcome.result,
        timings: change.outcome.timings,
        preview: change.outcome.preview ?? null,
      };
    case 'failed':
      return {
        ...next,
        started_at: change.startedAt === undefined ? next.started_at : iso(change.startedAt),
        finished_at: iso(change.at),
        error: change.error,
      };
  }
}

/** A reader that fell behind the event stream may hear of the end without having heard of the start. */
function skipsRunning(from: PredictionStatus, to: PredictionStatus): boolean {
  return from === 'queued' && to === 'succeeded';
}
