import { jobResult } from '@inkqueue/shared/contracts/job';
import { predictionError } from '@inkqueue/shared/contracts/problems';
import type { Logger } from '@inkqueue/shared/node/log';
import type { QueueEvents, QueueEventsListener } from 'bullmq';
import { z } from 'zod';
import { eventTime, jobError } from '../bullmq.ts';
import { JOB_FAILED, type JobState, type PredictionState } from '../state.ts';
import type { JobRecords } from './job-records.ts';

type CanceledListener = (jobId: string, index: number, state: PredictionState) => void;
/** @param predictions how many of the job's predictions ended with it: known at its end only */
type Listener = (jobId: string, state: JobState, predictions: number) => void;

/** What the script that cancels writes into the stream. */
const canceledEvent = z.object({
  jobId: z.string(),
  index: z.coerce.number(),
  at: z.coerce.number(),
  startedAt: z.string().transform((text) => (text === '' ? null : Number(text))),
  error: z.string().transform((text) => predictionError.parse(JSON.parse(text))),
});

interface CustomEvents extends QueueEventsListener {
  retried: (event: { jobId: string; index: string }, eventId: string) => void;
  canceled: (event: unknown, eventId: string) => void;
}

/** Turns the queue's one event stream into the states of jobs, in the queue's order. */
export function createJobEvents(options: {
  events: QueueEvents;
  records: Pick<JobRecords, 'describe'>;
  log: Logger;
}) {
  const { events, records, log } = options;
  const listeners: Listener[] = [];
  const retriedListeners: ((jobId: string, index: number) => void)[] = [];
  const canceledListeners: CanceledListener[] = [];
  let lastEventId = '0-0';

  function publish(jobId: string, state: JobState, predictions = 0): void {
    for (const listener of listeners) listener(jobId, state, predictions);
  }

  /** The event of a failure names neither the start nor the size of the job; the record does. Nothing follows a failure. */
  async function publishFailure(jobId: string, eventId: string, error = JOB_FAILED): Promise<void> {
    const record = await records.describe(jobId).catch((cause: unknown) => {
      log.warn({ err: cause, job: jobId }, 'could not look up a failed job');
      return null;
    });
    // A client has had it read again since.
    if (record && !record.isOver) return;
    const { startedAt, predictions } = record ?? { startedAt: null, predictions: 1 };
    publish(jobId, { status: 'failed', error, startedAt, finishedAt: eventTime(eventId) }, predictions);
  }

  const note = (_event: unknown, eventId: string) => {
    lastEventId = eventId;
  };
  events.on('active', note);
  events.on('completed', note);
  events.on('failed', note);
  events.on<CustomEvents>(
    'retried',
    ({ jobId, index }: { jobId: string; index: string }, eventId: string) => {
      note(null, eventId);
      for (const listener of retriedListeners) listener(jobId, Number(index));
    },
  );
  events.on<CustomEvents>('canceled', (event: unknown, eventId: string) => {
    note(event, eventId);
    const { jobId, index, at, startedAt, error } = canceledEvent.parse(event);
    const state: PredictionState = { status: 'canceled', startedAt, finishedAt: at, error };
    for (const listener of canceledListeners) listener(jobId, index, state);
  });
  const queued = ({ jobId }: { jobId: string }) => publish(jobId, { status: 'queued' });
  events.on('waiting', queued);
  events.on('delayed', queued);
  events.on('active', ({ jobId }, eventId) =>
    publish(jobId, { status: 'running', startedAt: eventTime(eventId) }),
  );
  events.on('completed', ({ jobId, returnvalue }, eventId) => {
    const result = jobResult.safeParse(returnvalue);
    if (result.success) {
      const ended = result.data.outcomes.filter((outcome) => !('canceled' in outcome));
      return publish(jobId, { status: 'completed', result: result.data }, ended.length);
    }
    log.error({ err: result.error, job: jobId }, 'a worker returned a value that is not a result');
    void publishFailure(jobId, eventId);
  });
  events.on(
    'failed',
    ({ jobId, failedReason }, eventId) => void publishFailure(jobId, eventId, jobError(failedReason)),
  );

  return {
    /** Calls back on every state of every job. */
    onState: (listener: Listener) => void listeners.push(listener),
    /** Calls back on every prediction that is canceled. Its job may go on. */
    onCanceled: (listener: CanceledListener) => void canceledListeners.push(listener),
    /** Calls back on every prediction that is to be read again after it had failed. */
    onRetried: (listener: (jobId: string, index: number) => void) => void retriedListeners.push(listener),
    /** About how far the stream was read. */
    lastEventId: () => lastEventId,
  };
}
