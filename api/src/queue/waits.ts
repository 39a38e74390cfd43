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
     * @returns `end`, which is null where the wait ended before the prediction did; and `stop`, which ends the wait
     */
    wait(id: string, timeoutMs: number): { end: Promise<PredictionState | null>; stop: () => void } {
      const { jobId, index } = addressOf(id);
      let stop = () => {};
      const end = new Promise<PredictionState | null>((resolve) => {
        const settle = (job: JobState | null) => {
          clearTimeout(deadline);
          const others = waits.get(jobId);
          others?.delete(settle);
          if (others?.size === 0) waits.delete(jobId);
          resolve(job && stateAt(job, index));
        };
        stop = () => settle(null);
        const deadline = setTimeout(stop, timeoutMs);
        const others = waits.get(jobId);
        if (others) others.add(settle);
        else waits.set(jobId, new Set([settle]));
      });
      return { end, stop };
    },
    /** Ends the waits for a job: it has ended, or, with null, it was never added. */
    settle(jobId: string, job: JobState | null): void {
      for (const settle of waits.get(jobId) ?? []) settle(job);
    },
  };
}
