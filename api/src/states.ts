import type { JobResult } from '@inkqueue/shared/contracts/job';
import { canTransition, type Prediction, type PredictionStatus } from '@inkqueue/shared/contracts/prediction';
import type { PredictionError } from '@inkqueue/shared/contracts/problems';
import { createdAt } from './ids.ts';

/** A change of one prediction's state, as the queue tells it. `at` is Unix milliseconds. */
export type StateChange =
  | { id: string; to: 'queued' | 'running'; at: number }
  | { id: string; to: 'succeeded'; job: JobResult }
  | { id: string; to: 'failed'; error: PredictionError; at: number };

export type FinalChange = Extract<StateChange, { to: 'succeeded' | 'failed' }>;

const iso = (ms: number) => new Date(ms).toISOString();

/** A prediction that was just accepted. */
export function accepted(id: string): Prediction {
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
    links: { self: `/predictions/${id}` },
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
        result: change.job.result,
        timings: change.job.timings,
      };
    case 'failed':
      return { ...next, finished_at: iso(change.at), error: change.error };
  }
}

/** A reader that fell behind the event stream may hear of the end without having heard of the start. */
function skipsRunning(from: PredictionStatus, to: PredictionStatus): boolean {
  return from === 'queued' && to === 'succeeded';
}
