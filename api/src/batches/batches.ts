import type { Batch, BatchAccepted, BatchProgress } from '@inkqueue/shared/contracts/batch';
import { toPredictionError } from '@inkqueue/shared/contracts/problems';
import { notRetried, ProblemError } from '../errors.ts';
import type { ImageParts } from '../http/bodies/image-parts.ts';
import type { Received } from '../http/bodies/receiving.ts';
import { tooLarge } from '../http/bodies/upload-problems.ts';
import type { Present } from '../predictions/presenter.ts';
import { createdAt } from '../queue/ids.ts';
import type { Submission } from '../queue/image.ts';
import type { Queue } from '../queue/queue.ts';
import { toProgress } from './progress.ts';
import type { BatchRecord, BatchRecords } from './records.ts';

const EMPTY = toPredictionError('empty-file', 'The picture has no bytes.');

export type Batches = ReturnType<typeof createBatches>;

/** Batches as a resource: an upload of many images, each of which is a prediction. */
export function createBatches(options: {
  records: BatchRecords;
  queue: Pick<
    Queue,
    | 'openBulk'
    | 'getAll'
    | 'subscribeAll'
    | 'cancelAll'
    | 'deleteAll'
    | 'retryAll'
    | 'newBatchId'
    | 'isBatchId'
  >;
  present: Present;
  imageMaxBytes: number;
  basePath?: string;
}) {
  const { records, queue, present, imageMaxBytes, basePath = '' } = options;
  const linkTo = (id: string) => `${basePath}/batches/${id}`;
  const { code, message } = tooLarge(imageMaxBytes);
  const refused = toPredictionError(code, message);

  async function requireRecord(id: string): Promise<BatchRecord> {
    if (!queue.isBatchId(id)) throw new ProblemError('batch-not-found', 'No batch has this id.');
    const record = await records.find(id);
    if (record) return record;
    throw new ProblemError('batch-expired', 'The batch is no longer kept.');
  }

  async function predictionIds(id: string): Promise<string[]> {
    return (await requireRecord(id)).map((entry) => entry.id);
  }

  return {
    /**
     * Puts the images into the queue while they arrive. Each prediction is durable, and the batch can be found, once this
     * resolves. An image that is too large fails its own prediction only. An upload that breaks off, or that the queue has
     * no room for, is taken back whole.
     */
    async submit(
      images: ImageParts,
      { preview, cancelAfterMs }: { preview: boolean; cancelAfterMs: number | null },
    ): Promise<BatchAccepted> {
      const bulk = queue.openBulk();
      function toSubmission(image: Received | null): Submission {
        if (!image) return { refused };
        if (image.bytes.length > 0) return { ...image, preview, cancelAfterMs };
        image.release();
        return { refused: EMPTY };
      }
      const id = queue.newBatchId();
      const predictions: BatchRecord = [];
      try {
        await images.forEach(async ({ image, filename }) => {
          const prediction = await bulk.add(toSubmission(image));
          predictions.push({ id: prediction, filename });
        });
        await bulk.end();
        await records.save(id, predictions);
      } catch (error) {
        // The client learns no id: whatever is queued already would be work for nobody.
        await bulk.discard();
        throw error;
      }
      return { id, total: predictions.length, predictions, links: { self: linkTo(id) } };
    },
    /** @throws ProblemError batch-not-found, batch-expired */
    predictionIds,
    /** One page of a batch. @throws ProblemError batch-not-found, batch-expired */
    async find(id: string, { offset, limit }: { offset: number; limit: number }): Promise<Batch> {
      const record = await requireRecord(id);
      const states = await queue.getAll(record.map((entry) => entry.id));
      const page = record.slice(offset, offset + limit).map((entry, at) => {
        const state = states[offset + at];
        return { filename: entry.filename, prediction: state ? present(entry.id, state) : null };
      });
      const progress = toProgress(id, states);
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
      const progress = toProgress(id, await queue.getAll(ids));
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
      return toProgress(id, await queue.getAll(ids));
    },
    /** Keeps a batch's progress current and calls `onChange` at each change of a prediction. @throws as `find` */
    async subscribe(id: string, onChange: (now: () => BatchProgress) => void) {
      const record = await requireRecord(id);
      const { states, unsubscribe } = await queue.subscribeAll(
        record.map((entry) => entry.id),
        (changed) => onChange(() => toProgress(id, changed())),
      );
      return { now: () => toProgress(id, states()), unsubscribe };
    },
  };
}
