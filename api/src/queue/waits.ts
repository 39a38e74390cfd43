import { addressOf } from './ids.ts';
import type { createJobEvents } from './jobs/job-events.ts';
import { type JobState, type PredictionState, stateAt } from './state.ts';

export type Waits = ReturnType<typeof createWaits>;

interface Entry {
  index: number;
  /** Ends the wait; null where the prediction has not ended. */
  settle(state: PredictionState | null): void;
}

/** Those who wait for the end of predictions, by job. */
export function createWaits() {
  const waits = new Map<string, Set<Entry>>();

  function settle(jobId: string, job: JobState | null): void {
    for (const { index, settle } of waits.get(jobId) ?? []) settle(job && stateAt(job, index));
  }

  /** Ends the waits for one prediction of a job. */
  function settleOne(jobId: string, at: number, state: PredictionState): void {
    for (const { index, settle } of waits.get(jobId) ?? []) if (index === at) settle(state);
  }

  return {
    /**
     * Waits for the end of a prediction, from this call on: register the wait before the job is added.
     *
     * @param options.signal ends the wait early: the client is gone, or the process stops
     * @returns null where the wait ended before the prediction did
     */
    wait(id: string, options: { timeoutMs: number; signal: AbortSignal }): Promise<PredictionState | null> {
      const { timeoutMs, signal } = options;
      const { jobId, index } = addressOf(id);
      return new Promise((resolve) => {
        if (signal.aborted) return resolve(null);
        const entry: Entry = {
          index,
          settle(state) {
            clearTimeout(deadline);
            signal.removeEventListener('abort', give);
            const others = waits.get(jobId);
            others?.delete(entry);
            if (others?.size === 0) waits.delete(jobId);
            resolve(state);
          },
        };
        const give = () => entry.settle(null);
        const deadline = setTimeout(give, timeoutMs);
        signal.addEventListener('abort', give);
        const others = waits.get(jobId);
        if (others) others.add(entry);
        else waits.set(jobId, new Set([entry]));
      });
    },
    /** Ends the waits for a job: it has ended, or, with null, it was never added. */
    settle,
    /** Ends all waits: what they wait for is gone. */
    settleAll(): void {
      for (const entries of waits.values()) for (const { settle } of entries) settle(null);
    },
    /** Ends waits at the ends that the queue reports. */
    follow(events: Pick<ReturnType<typeof createJobEvents>, 'onState' | 'onCanceled'>): void {
      events.onState((jobId, state) => {
        if (state.status === 'completed' || state.status === 'failed') settle(jobId, state);
      });
      events.onCanceled(settleOne);
    },
  };
}
