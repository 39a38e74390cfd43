import { isFinal, type Prediction } from '@inkqueue/shared/contracts/prediction';
import { ProblemError } from '../errors.ts';
import type { Predictions } from '../predictions/predictions.ts';
import type { Completions } from './completions.ts';
import type { Ids, PredictionAddress } from './ids.ts';
import { apply, changeAt, type JobChange } from './states.ts';

/** A prediction that someone follows, kept current from the moment its snapshot is asked for. */
export interface Followed {
  /** Resolves once `now` is there. */
  ready: Promise<void>;
  now: Prediction | null;
  /** Changes that overtook the snapshot. */
  early: JobChange[];
}

export interface FollowedPredictions {
  /** @throws ProblemError prediction-not-found */
  follow(id: string): Followed;
  /** Goes on with one that someone else may have let go of meanwhile. */
  keep(id: string, entry: Followed): void;
  forget(id: string): void;
}

/**
 * The predictions that this process keeps current for its followers. Tracking starts before the snapshot is read, and
 * changes that overtake it are applied on top of it: none is missed between the two. Final ones are let go.
 */
export function createFollowed(options: {
  ids: Ids;
  predictions: Pick<Predictions, 'find'>;
  completions: Pick<Completions, 'onChange'>;
  onUpdate: (prediction: Prediction) => void;
}): FollowedPredictions {
  const { ids, predictions, completions, onUpdate } = options;
  const jobs = new Map<string, Map<number, Followed>>();

  completions.onChange((change) => {
    for (const [index, entry] of jobs.get(change.jobId) ?? []) {
      if (!entry.now) {
        entry.early.push(change);
        continue;
      }
      const next = apply(entry.now, changeAt(change, index));
      if (next === entry.now) continue;
      entry.now = next;
      if (isFinal(next.status)) drop(change.jobId, index);
      onUpdate(next);
    }
  });

  function drop(jobId: string, index: number): void {
    const entries = jobs.get(jobId);
    entries?.delete(index);
    if (entries?.size === 0) jobs.delete(jobId);
  }

  async function load(id: string, entry: Followed, jobId: string, index: number): Promise<void> {
    try {
      const snapshot = await predictions.find(id);
      entry.now = entry.early.reduce((now, change) => apply(now, changeAt(change, index)), snapshot);
    } finally {
      if (!entry.now || isFinal(entry.now.status)) drop(jobId, index);
    }
  }

  function locate(id: string): PredictionAddress {
    const address = ids.find(id);
    if (!address) throw new ProblemError('prediction-not-found', 'No prediction has this id.');
    return address;
  }

  function keep({ jobId, index }: PredictionAddress, entry: Followed): void {
    jobs.set(jobId, (jobs.get(jobId) ?? new Map<number, Followed>()).set(index, entry));
  }

  return {
    follow(id) {
      const address = locate(id);
      const known = jobs.get(address.jobId)?.get(address.index);
      if (known) return known;
      const entry: Followed = { ready: Promise.resolve(), now: null, early: [] };
      keep(address, entry);
      entry.ready = load(id, entry, address.jobId, address.index);
      return entry;
    },
    keep: (id, entry) => keep(locate(id), entry),
    forget(id) {
      const { jobId, index } = locate(id);
      drop(jobId, index);
    },
  };
}
