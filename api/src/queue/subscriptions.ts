import { isFinal } from '@inkqueue/shared/contracts/prediction';
import { addressOf } from './ids.ts';
import { advance, type JobState, type PredictionState, QUEUED, stateAt } from './state.ts';

/** One prediction of a subscription, current from the moment its snapshot was asked for. */
interface Entry {
  index: number;
  /** Undefined until the snapshot arrived; null where the prediction is no longer kept. */
  state: PredictionState | null | undefined;
  /** States that overtook the snapshot. */
  early: PredictionState[];
  onChange: () => void;
}

/** The states of a subscription as they are now, in the order of its ids; null for one that is no longer kept. */
export type States = () => (PredictionState | null)[];

/**
 * Whether nothing of a subscription waits or runs any more, told without going over all of it each time. A prediction that had failed
 * and is read again may be left out: ask the states before you rely on it.
 */
export type HasEnded = () => boolean;

export type OnChange = (states: States, hasEnded: HasEnded) => void;

const hasEndedAt = ({ state }: Entry) => state === null || (state !== undefined && isFinal(state.status));

/** Whether nothing can follow: what failed by the service's fault may be read again. */
const isOver = ({ status }: PredictionState) => isFinal(status) && status !== 'failed';

export type Subscriptions = ReturnType<typeof createSubscriptions>;

/**
 * Predictions whose states someone follows. Tracking starts before the snapshot is read, and states that overtake the
 * snapshot are applied on top of it: none is missed between the two. A prediction that ended for good is tracked
 * no longer.
 */
export function createSubscriptions() {
  const jobs = new Map<string, Set<Entry>>();

  function drop(jobId: string, entry: Entry): void {
    const entries = jobs.get(jobId);
    entries?.delete(entry);
    if (entries?.size === 0) jobs.delete(jobId);
  }

  function take(entry: Entry, state: PredictionState): boolean {
    if (!entry.state) return false;
    const next = advance(entry.state, state);
    const changed = next !== entry.state;
    entry.state = next;
    return changed;
  }

  function pass(jobId: string, entry: Entry, state: PredictionState): void {
    if (entry.state === undefined) {
      entry.early.push(state);
    } else if (take(entry, state)) {
      if (entry.state && isOver(entry.state)) drop(jobId, entry);
      entry.onChange();
    }
  }

  return {
    /**
     * Subscribes to predictions and calls `onChange` at every later change of one of them. A change may come before this
     * resolves; `states` holds it then.
     *
     * @param snapshot reads the states as they are now
     */
    async subscribe(
      ids: readonly string[],
      snapshot: () => Promise<(PredictionState | null)[]>,
      onChange: OnChange,
    ) {
      const tracked = ids.map((id) => {
        const { jobId, index } = addressOf(id);
        const entry: Entry = {
          index,
          state: undefined,
          early: [],
          onChange: () => onChange(states, hasEnded),
        };
        const entries = jobs.get(jobId);
        if (entries) entries.add(entry);
        else jobs.set(jobId, new Set([entry]));
        return { jobId, entry };
      });
      const states: States = () => tracked.map(({ entry }) => entry.state ?? null);
      let ended = 0;
      const hasEnded: HasEnded = () => {
        for (let next = tracked[ended]; next && hasEndedAt(next.entry); next = tracked[ended]) ended++;
        return ended === tracked.length;
      };
      const unsubscribe = () => {
        for (const { jobId, entry } of tracked) drop(jobId, entry);
      };
      try {
        const found = await snapshot();
        for (const [at, { jobId, entry }] of tracked.entries()) {
          entry.state = found[at] ?? null;
          for (const state of entry.early.splice(0)) take(entry, state);
          if (!entry.state || isOver(entry.state)) drop(jobId, entry);
        }
      } catch (error) {
        unsubscribe();
        throw error;
      }
      return { states, unsubscribe };
    },
    /** Passes on a state that the queue reported. */
    publish(jobId: string, job: JobState): void {
      for (const entry of jobs.get(jobId) ?? []) pass(jobId, entry, stateAt(job, entry.index));
    },
    /** Passes on that a prediction that had failed is read again. */
    beginAnew(jobId: string, index: number): void {
      for (const entry of jobs.get(jobId) ?? []) {
        if (entry.index !== index || entry.state?.status !== 'failed') continue;
        entry.state = QUEUED;
        entry.onChange();
      }
    },
    /** Passes on the state of one prediction of a job. */
    publishOne(jobId: string, index: number, state: PredictionState): void {
      for (const entry of jobs.get(jobId) ?? []) if (entry.index === index) pass(jobId, entry, state);
    },
  };
}
