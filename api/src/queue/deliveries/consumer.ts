import { isFinal } from '@inkqueue/shared/contracts/prediction';
import { isServiceFault } from '@inkqueue/shared/contracts/problems';
import type { Logger } from '@inkqueue/shared/node/log';
import { isRedisFull } from '@inkqueue/shared/node/redis/connections';
import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobRecords } from '../jobs/job-records.ts';
import type { PredictionState } from '../state.ts';
import type { Waits } from '../waits.ts';
import type { Attempt, AttemptEnd, Verdict } from './attempt.ts';
import { pauseMs, sleepMs } from './backoff.ts';
import { type DeliveryData, deliveryData } from './delivery-data.ts';
import { ATTEMPTS_MAX, DELIVERIES, type DeliveryEnd } from './delivery-queue.ts';

/** A process that dies stops renewing its locks: another one takes its deliveries over after 10 to 12 seconds. */
const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 2_000;
/** BullMQ would fail a delivery that was taken over more often: no delivery kills the process that attempts it. */
const STALLED_MAX = 1_000;
/** How long the consumer waits before it asks a queue again that could not be reached. */
const RETRY_MS = 500;
/** A delivery is recorded a moment before its prediction exists. One without a prediction after this has none. */
const ORPHAN_MS = 60_000;

type DeliveryJob = Job<DeliveryData, DeliveryEnd, 'deliver'>;

/** What is sent; `mayChange` where a client can have the prediction read again. */
interface Message {
  body: string;
  mayChange: boolean;
}

/** An attempt that failed. BullMQ asks `backoff` when the next one is due. */
class AttemptError extends Error {
  readonly retryAfterMs: number | undefined;

  constructor({ why, retryAfterMs }: Extract<Verdict, { outcome: 'failed' }>) {
    super(why);
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Takes deliveries from their queue; the caller starts it. A delivery is:
 *
 *   recorded ──► looked at ──► attempted ──► delivered | failed | refused | dropped
 *                 ▲      │      ▲      │
 *                 │      ▼      │      ▼
 *                 asleep: its   waiting for
 *                 prediction    the next
 *                 has not ended attempt
 *
 * A delivery that is forgotten meanwhile is dropped. The end of its prediction wakes it at once, where this process saw it fall asleep;
 * else it wakes by itself after a while.
 *
 * @param options.present the body that is sent for a prediction
 * @param options.pause the pause after so many failed attempts, in milliseconds
 */
export function createDeliveryConsumer(options: {
  connection: Redis;
  prefix: string;
  concurrency: number;
  states: JobRecords['states'];
  waits: Pick<Waits, 'wait'>;
  /** Whether a delivery was taken back while a process held it. */
  isForgotten: (id: string) => Promise<boolean>;
  /** Whether Redis has memory for bodies. */
  hasRoom: () => boolean;
  present: (id: string, state: PredictionState) => string;
  attempt: (attempt: Attempt) => Promise<Verdict>;
  report: (end: AttemptEnd) => void;
  pause?: typeof pauseMs;
  log: Logger;
}): Worker<DeliveryData, DeliveryEnd, 'deliver'> {
  const {
    connection,
    prefix,
    concurrency,
    states,
    waits,
    isForgotten,
    hasRoom,
    present,
    attempt,
    report,
    log,
  } = options;
  const { pause = pauseMs } = options;

  async function sleepUntil(at: number, job: DeliveryJob, token?: string): Promise<DelayedError> {
    await job.moveToDelayed(at, token);
    return new DelayedError();
  }

  /** Another process may have woken it, or its time has come just now. */
  const wake = (job: DeliveryJob) =>
    job.promote().catch((error: unknown) => log.debug({ err: error, prediction: job.id }, 'not asleep'));

  /**
   * What is sent, once the prediction has ended; null where it is gone.
   *
   * @throws DelayedError where it has not ended: the delivery sleeps
   */
  async function findMessage(job: DeliveryJob, data: DeliveryData, token?: string): Promise<Message | null> {
    const kept = data.body === undefined ? null : { body: data.body, mayChange: data.mayChange === true };
    if (kept && !kept.mayChange) return kept;
    const id = job.id!;
    const ageMs = Date.now() - job.timestamp;
    const timeoutMs = sleepMs(ageMs);
    const enough = new AbortController();
    // From before the look on: an end between the two is not missed.
    const end = waits.wait(id, { timeoutMs, signal: enough.signal });
    let isAsleep = false;
    try {
      const [state] = await states([id]);
      if (state && isFinal(state.status))
        return { body: present(id, state), mayChange: mayBeReadAgain(state) };
      if (!state && kept) return kept;
      if (!state && ageMs > ORPHAN_MS) return null;
      const asleep = await sleepUntil(Date.now() + timeoutMs, job, token);
      isAsleep = true;
      void end.then((ended) => ended && wake(job));
      throw asleep;
    } finally {
      if (!isAsleep) enough.abort();
    }
  }

  /** Keeps what is sent for the attempts to come: the prediction may be gone by then. */
  async function keep(job: DeliveryJob, data: DeliveryData, { body, mayChange }: Message): Promise<void> {
    try {
      if (data.body !== body && hasRoom()) await job.updateData({ ...data, body, mayChange });
    } catch (error) {
      // The next attempt looks the prediction up again.
      if (!isRedisFull(error)) throw error;
    }
  }

  async function deliver(job: DeliveryJob, token?: string): Promise<DeliveryEnd> {
    const id = job.id!;
    const number = job.attemptsMade + 1;
    const nothingSent = { prediction: id, attempt: number, status: null, seconds: 0 };
    const { data } = deliveryData.safeParse(job.data);
    if (!data) {
      const why = 'the record of the delivery is malformed';
      report({ ...nothingSent, host: null, outcome: 'failed', why });
      throw new UnrecoverableError(why);
    }
    const url = new URL(data.url);
    const about = { prediction: id, attempt: number, host: url.host };
    function drop(why: string): DeliveryEnd {
      report({ ...nothingSent, ...about, outcome: 'dropped', why });
      return 'dropped';
    }
    if (await isForgotten(id)) return drop('the prediction was deleted');
    const message = await findMessage(job, data, token);
    if (!message) return drop('the prediction is gone, or never came to exist');
    const start = performance.now();
    const verdict = await attempt({ id, url, body: message.body, trace: data.trace, number });
    const seconds = (performance.now() - start) / 1_000;
    switch (verdict.outcome) {
      case 'postponed': {
        const { afterMs } = verdict;
        if (afterMs > 0 && !(await isForgotten(id))) await keep(job, data, message);
        throw await sleepUntil(Date.now() + afterMs, job, token);
      }
      case 'delivered':
        report({ ...about, seconds, ...verdict, why: null });
        return 'delivered';
      case 'refused':
        report({ ...about, seconds, ...verdict });
        throw new UnrecoverableError(verdict.why);
      case 'failed': {
        const { status, why } = verdict;
        const isLast = number === ATTEMPTS_MAX;
        if (!isLast && (await isForgotten(id))) return drop(`the prediction was deleted; before, ${why}`);
        report({ ...about, seconds, outcome: isLast ? 'failed' : 'retried', status, why });
        if (!isLast) await keep(job, data, message);
        throw new AttemptError(verdict);
      }
    }
  }

  /** What breaks in this process, or in Redis, is no attempt: the delivery comes back. */
  async function deliverOrSleep(job: DeliveryJob, token?: string): Promise<DeliveryEnd> {
    try {
      return await deliver(job, token);
    } catch (error) {
      const isMeant = [AttemptError, UnrecoverableError, DelayedError].some((each) => error instanceof each);
      if (isMeant) throw error;
      log.error({ err: error, prediction: job.id }, 'could not attempt a delivery');
      throw await sleepUntil(Date.now() + sleepMs(Date.now() - job.timestamp), job, token);
    }
  }

  const worker = new Worker<DeliveryData, DeliveryEnd, 'deliver'>(DELIVERIES, deliverOrSleep, {
    connection,
    prefix,
    concurrency,
    autorun: false,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: STALLED_MAX,
    runRetryDelay: RETRY_MS,
    settings: {
      backoffStrategy: (attempts, _type, error) =>
        pause(attempts, error instanceof AttemptError ? error.retryAfterMs : undefined),
    },
  });
  worker.on('failed', (job, error) => {
    // Of an attempt, its report says why.
    if (error instanceof AttemptError || error instanceof UnrecoverableError) return;
    log.error({ err: error, prediction: job?.id }, 'could not put a delivery back');
  });
  worker.on('error', (error) => log.debug({ err: error }, 'queue connection'));
  return worker;
}

const mayBeReadAgain = (state: PredictionState) =>
  state.status === 'failed' && isServiceFault(state.error.code);
