import type { Batch, BatchProgress } from '@inkqueue/shared/contracts/batch';
import { notRetried, ProblemError } from '../errors.ts';
import type { Present } from '../predictions/presenter.ts';
import { createdAt } from '../queue/ids.ts';
import type { Queue } from '../queue/queue.ts';
import type { PredictionState } from '../queue/state.ts';
import type { HasEnded } from '../queue/subscriptions.ts';
import type { Idempotency } from '../repeats/idempotency.ts';
import { type BatchEntry, csvHeader, toCsvLine, toNdjsonLine } from './formats.ts';
import { createIntake } from './intake.ts';
import { toProgress } from './progress.ts';
import type { BatchRecord, BatchRecords } from './records.ts';

/** Pictures read at a time for the lines of a batch. */
const LINES_AT_ONCE = 100;

export type Batches = ReturnType<typeof createBatches>;

/** Batches as a resource: an upload of many images, each of which is a prediction. */
export function createBatches(options: {
  records: BatchRecords;
  queue: Pick<
    Queue,
    | 'openBulk'
    | 'getAll'
    | 'statuses'
    | 'subscribeAll'
    | 'cancelAll'
    | 'deleteAll'
    | 'retryAll'
    | 'newBatchId'
    | 'isBatchId'
  >;
  present: Present;
  idempotency: Idempotency;
  imageMaxBytes: number;
  basePath?: string;
}) {
  const { records, queue, present, idempotency, imageMaxBytes, basePath = '' } = options;
  const linkTo = (id: string) => `${basePath}/batches/${id}`;
  const intake = createIntake({ records, queue, idempotency, imageMaxBytes, linkTo });

  async function requireRecord(id: string): Promise<BatchRecord> {
    if (!queue.isBatchId(id)) throw new ProblemError('batch-not-found', 'No batch has this id.');
    const record = await records.find(id);
    if (record) return record;
    throw new ProblemError('batch-expired', 'The batch is no longer kept.');
  }

  async function predictionIds(id: string): Promise<string[]> {
    return (await requireRecord(id)).map((entry) => entry.id);
  }

  async function read(record: BatchRecord): Promise<BatchEntry[]> {
    const states = await queue.getAll(record.map((entry) => entry.id));
    return record.map(({ id, filename }, at) => {
      const state = states[at];
      return { id, filename, prediction: state ? present(id, state) : null };
    });
  }

  async function* lines(record: BatchRecord, format: 'csv' | 'ndjson'): AsyncGenerator<string> {
    const toLine = format === 'csv' ? toCsvLine : toNdjsonLine;
    if (format === 'csv') yield csvHeader;
    for (let at = 0; at < record.length; at += LINES_AT_ONCE) {
      const entries = await read(record.slice(at, at + LINES_AT_ONCE));
      yield entries.map(toLine).join('');
    }
  }

  return {
    /** Takes a batch in. */
    submit: intake.submit,
    /** @throws ProblemError batch-not-found, batch-expired */
    predictionIds,
    /** The whole batch, a line for each picture in the order sent. @throws ProblemError batch-not-found, batch-expired */
    lines: async (id: string, format: 'csv' | 'ndjson'): Promise<AsyncGenerator<string>> =>
      lines(await requireRecord(id), format),
    /** One page of a batch. @throws ProblemError batch-not-found, batch-expired */
    async find(id: string, { offset, limit }: { offset: number; limit: number }): Promise<Batch> {
      const record = await requireRecord(id);
      const statuses = await queue.statuses(record.map((entry) => entry.id));
      const page = (await read(record.slice(offset, offset + limit))).map(({ filename, prediction }) => ({
        filename,
        prediction,
      }));
      const progress = toProgress(id, statuses);
      if (progress.finished) await records.keepFinished(id);
      const next = offset + limit < record.length ? offset + limit : null;
      return {
        ...progress,
        created_at: new Date(createdAt(id)).toISOString(),
        predictions: page,
        links: {
          self: linkTo(id),
          next: next === null ? null : `${linkTo(id)}?offset=${next}&limit=${limit}`,
        },
      };
    },
    /**
     * Cancels the predictions of a batch that have not ended. @returns its progress after it
     *
     * @throws ProblemError already-finished, batch-not-found, batch-expired
     */
    async cancel(id: string): Promise<BatchProgress> {
      const ids = await predictionIds(id);
      await queue.cancelAll(ids);
      const progress = toProgress(id, await queue.statuses(ids));
      if (progress.counts.canceled > 0) return progress;
      throw new ProblemError('already-finished', 'Every prediction of the batch has ended already.');
    },
    /** Deletes a batch with its predictions; what has not ended is canceled first. @returns the ids of its predictions */
    async delete(id: string): Promise<string[]> {
      const ids = await predictionIds(id);
      await queue.deleteAll(ids);
      await records.remove(id);
      return ids;
    },
    /**
     * Has those of the predictions read again that failed by the service's fault. @returns the progress after it
     *
     * @throws ProblemError not-retryable, picture-gone, not-finished, batch-not-found, batch-expired
     */
    async retry(id: string): Promise<BatchProgress> {
      const ids = await predictionIds(id);
      const retried = await queue.retryAll(ids);
      if (typeof retried !== 'number') throw notRetried(retried);
      return toProgress(id, await queue.statuses(ids));
    },
    /** Keeps a batch's progress current and calls `onChange` at each change of a prediction. @throws as `find` */
    async subscribe(id: string, onChange: (now: () => BatchProgress, hasEnded: HasEnded) => void) {
      const record = await requireRecord(id);
      const { states, unsubscribe } = await queue.subscribeAll(
        record.map((entry) => entry.id),
        (changed, hasEnded) => onChange(() => toProgress(id, statusesIn(changed())), hasEnded),
      );
      return { now: () => toProgress(id, statusesIn(states())), unsubscribe };
    },
  };
}

const statusesIn = (states: readonly (PredictionState | null)[]) =>
  states.map((state) => state?.status ?? null);
