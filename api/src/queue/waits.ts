import { addressOf } from './ids.ts';
import { type JobState, type PredictionState, stateAt } from './state.ts';

export type Waits = ReturnType<typeof createWaits>;

/** Those who wait for the end of predictions, by job. */
export function createWaits() {
  const waits = new Map<string, Set<(job: JobState | null) => void>>();

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
        const settle = (job: JobState | null) => {
          clearTimeout(deadline);
          signal.removeEventListener('abort', give);
          const others = waits.get(jobId);
          others?.delete(settle);
          if (others?.size === 0) waits.delete(jobId);
          resolve(job && stateAt(job, index));
        };
        const give = () => settle(null);
        const deadline = setTimeout(give, timeoutMs);
        signal.addEventListener('abort', give);
        const others = waits.get(jobId);
        if (others) others.add(settle);
        else waits.set(jobId, new Set([settle]));
      });
    },
    /** Ends the waits for a job: it has ended, or, with null, it was never added. */
    settle(jobId: string, job: JobState | null): void {
      for (const settle of waits.get(jobId) ?? []) settle(job);
    },
  };
}
