import type { BatchProgress } from '@inkqueue/shared/contracts/batch';
import type { Completions } from '../queue/completions.ts';
import type { JobChange } from '../queue/states.ts';
import { type Batches, progress } from './batches.ts';
import type { BatchJob } from './records.ts';

/** A follower of a batch is told of its progress at most this often, and always of its end. */
const UPDATE_MS = 100;

interface FollowedBatch {
  ready: Promise<void>;
  jobs: Map<string, { job: BatchJob; state: JobChange | null }>;
  early: JobChange[];
  timer: NodeJS.Timeout | null;
}

export interface BatchFollower {
  /** The batch's progress now; later progress comes through `onUpdate` until it is finished or let go. */
  follow(id: string): Promise<BatchProgress>;
  forget(id: string): void;
}

/** Keeps count of the batches that someone follows, from the queue's events. */
export function createBatchFollower(options: {
  batches: Pick<Batches, 'jobs'>;
  completions: Pick<Completions, 'onChange'>;
  onUpdate: (progress: BatchProgress) => void;
}): BatchFollower {
  const { batches, completions, onUpdate } = options;
  const followed = new Map<string, FollowedBatch>();

  completions.onChange((change) => {
    for (const [id, entry] of followed) {
      if (entry.jobs.size === 0) entry.early.push(change);
      else take(id, entry, change);
    }
  });

  function take(id: string, entry: FollowedBatch, change: JobChange): void {
    const known = entry.jobs.get(change.jobId);
    // What overtook the snapshot may be older than it: an end is never taken back.
    if (!known || known.state?.to === 'completed' || known.state?.to === 'failed') return;
    known.state = change;
    entry.timer ??= setTimeout(() => {
      entry.timer = null;
      const now = progress(id, [...entry.jobs.values()]);
      if (now.finished) forget(id);
      onUpdate(now);
    }, UPDATE_MS);
  }

  async function load(id: string, entry: FollowedBatch): Promise<void> {
    try {
      for (const known of await batches.jobs(id)) entry.jobs.set(known.job.jobId, known);
      for (const change of entry.early.splice(0)) take(id, entry, change);
    } catch (err) {
      forget(id);
      throw err;
    }
  }

  function forget(id: string): void {
    const timer = followed.get(id)?.timer;
    if (timer) clearTimeout(timer);
    followed.delete(id);
  }

  return {
    async follow(id) {
      let entry = followed.get(id);
      if (!entry) {
        entry = { ready: Promise.resolve(), jobs: new Map(), early: [], timer: null };
        followed.set(id, entry);
        entry.ready = load(id, entry);
      }
      await entry.ready;
      const now = progress(id, [...entry.jobs.values()]);
      // A pending update still owes the end to those who follow already.
      if (now.finished && !entry.timer) forget(id);
      return now;
    },
    forget,
  };
}
