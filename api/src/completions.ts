import { jobResult, parseFailure } from '@inkqueue/shared/contracts/job';
import type { Logger } from '@inkqueue/shared/node/log';
import type { QueueEvents } from 'bullmq';
import type { FinalChange, StateChange } from './states.ts';

export interface Completions {
  /**
   * Waits for a prediction's end, from this call on: register before the job is added. Null when the deadline passes,
   * `signal` aborts, or the process stops; the caller then looks at the state once.
   */
  wait(id: string, options: { timeoutMs: number; signal?: AbortSignal }): Promise<FinalChange | null>;
  /** Calls back on every state change of every prediction, in the queue's order. */
  onChange(listener: (change: StateChange) => void): void;
  /** Ends all waits now, and any later one at once. */
  releaseAll(): void;
}

/** Redis stream ids start with the milliseconds of their making: when the change happened, by Redis's clock. */
const eventTime = (eventId: string) => Number.parseInt(eventId, 10);

/** Turns the queue's one event stream into state changes, for those who wait and those who follow. */
export function createCompletions(options: { events: QueueEvents; log: Logger }): Completions {
  const { events, log } = options;
  const waits = new Map<string, Set<(change: FinalChange | null) => void>>();
  const listeners: ((change: StateChange) => void)[] = [];
  let released = false;

  function publish(change: StateChange): void {
    if (change.to === 'succeeded' || change.to === 'failed') {
      for (const settle of waits.get(change.id) ?? []) settle(change);
    }
    for (const listener of listeners) listener(change);
  }

  const queued = ({ jobId }: { jobId: string }, eventId: string) =>
    publish({ id: jobId, to: 'queued', at: eventTime(eventId) });
  events.on('waiting', queued);
  events.on('delayed', queued);
  events.on('active', ({ jobId }, eventId) => publish({ id: jobId, to: 'running', at: eventTime(eventId) }));
  events.on('completed', ({ jobId, returnvalue }, eventId) => {
    const job = jobResult.safeParse(returnvalue);
    if (job.success) return publish({ id: jobId, to: 'succeeded', job: job.data });
    log.error({ err: job.error, prediction: jobId }, 'a worker returned what is no result');
    publish({ id: jobId, to: 'failed', error: parseFailure(''), at: eventTime(eventId) });
  });
  events.on('failed', ({ jobId, failedReason }, eventId) =>
    publish({ id: jobId, to: 'failed', error: parseFailure(failedReason), at: eventTime(eventId) }),
  );

  return {
    wait: (id, { timeoutMs, signal }) =>
      new Promise((resolve) => {
        const settle = (change: FinalChange | null) => {
          clearTimeout(deadline);
          signal?.removeEventListener('abort', give);
          const others = waits.get(id);
          others?.delete(settle);
          if (others?.size === 0) waits.delete(id);
          resolve(change);
        };
        const give = () => settle(null);
        const deadline = setTimeout(give, timeoutMs);
        waits.set(id, (waits.get(id) ?? new Set()).add(settle));
        if (released || signal?.aborted) give();
        else signal?.addEventListener('abort', give, { once: true });
      }),
    onChange: (listener) => void listeners.push(listener),
    releaseAll: () => {
      released = true;
      for (const settles of waits.values()) for (const settle of settles) settle(null);
    },
  };
}
