import { jobFailure, jobResult } from '@inkqueue/shared/contracts/job';
import type { Logger } from '@inkqueue/shared/node/log';
import type { QueueEvents } from 'bullmq';
import type { JobChange } from './states.ts';

/** A job's end. */
export type FinalChange = Extract<JobChange, { to: 'completed' | 'failed' }>;

/** A wait for one job's end. */
export interface Wait {
  /** Null when the deadline passed, the wait was canceled, or the process stops; look at the state once then. */
  end: Promise<FinalChange | null>;
  cancel(): void;
}

export interface Completions {
  /** Waits for a job's end, from this call on: register before the job is added. */
  wait(jobId: string, options: { timeoutMs: number }): Wait;
  /** Calls back on every change of every job, in the queue's order. */
  onChange(listener: (change: JobChange) => void): void;
  /** Ends all waits now, and any later one at once. */
  releaseAll(): void;
}

/** Redis stream ids start with the milliseconds of their making: when the change happened, by Redis's clock. */
const eventTime = (eventId: string) => Number.parseInt(eventId, 10);

/** Turns the queue's one event stream into changes of jobs, for those who wait and those who follow. */
export function createCompletions(options: { events: QueueEvents; log: Logger }): Completions {
  const { events, log } = options;
  const waits = new Map<string, Set<(change: FinalChange | null) => void>>();
  const listeners: ((change: JobChange) => void)[] = [];
  let released = false;

  function publish(change: JobChange): void {
    if (change.to === 'completed' || change.to === 'failed') {
      for (const settle of waits.get(change.jobId) ?? []) settle(change);
    }
    for (const listener of listeners) listener(change);
  }

  const queued = ({ jobId }: { jobId: string }, eventId: string) =>
    publish({ jobId, to: 'queued', at: eventTime(eventId) });
  events.on('waiting', queued);
  events.on('delayed', queued);
  events.on('active', ({ jobId }, eventId) => publish({ jobId, to: 'running', at: eventTime(eventId) }));
  events.on('completed', ({ jobId, returnvalue }, eventId) => {
    const job = jobResult.safeParse(returnvalue);
    if (job.success) return publish({ jobId, to: 'completed', job: job.data });
    log.error({ err: job.error, job: jobId }, 'a worker returned what is no result');
    publish({ jobId, to: 'failed', error: jobFailure(''), at: eventTime(eventId) });
  });
  events.on('failed', ({ jobId, failedReason }, eventId) =>
    publish({ jobId, to: 'failed', error: jobFailure(failedReason), at: eventTime(eventId) }),
  );

  return {
    wait(jobId, { timeoutMs }) {
      let settle!: (change: FinalChange | null) => void;
      const end = new Promise<FinalChange | null>((resolve) => {
        settle = (change) => {
          clearTimeout(deadline);
          const others = waits.get(jobId);
          others?.delete(settle);
          if (others?.size === 0) waits.delete(jobId);
          resolve(change);
        };
      });
      const cancel = () => settle(null);
      const deadline = setTimeout(cancel, timeoutMs);
      const others = waits.get(jobId);
      if (others) others.add(settle);
      else waits.set(jobId, new Set([settle]));
      if (released) cancel();
      return { end, cancel };
    },
    onChange: (listener) => void listeners.push(listener),
    releaseAll: () => {
      released = true;
      for (const settles of waits.values()) for (const settle of settles) settle(null);
    },
  };
}
