import { createHash } from 'node:crypto';
import type { BatchAccepted } from '@inkqueue/shared/contracts/batch';
import type { Expectation } from '@inkqueue/shared/contracts/prediction';
import { toPredictionError } from '@inkqueue/shared/contracts/problems';
import { ProblemError } from '../errors.ts';
import type { ImagePart, ImageParts } from '../http/bodies/image-parts.ts';
import { tooLarge } from '../http/bodies/upload-problems.ts';
import type { Submission } from '../queue/intake/image.ts';
import type { Queue } from '../queue/queue.ts';
import { unlessAuto } from '../repeats/fingerprint.ts';
import type { Idempotency } from '../repeats/idempotency.ts';
import type { BatchRecord, BatchRecords } from './records.ts';

const EMPTY = toPredictionError('empty-file', 'The picture has no bytes.');

type Bulk = ReturnType<Queue['openBulk']>;

/** How the images of a batch are taken in. */
export interface BatchOptions {
  preview: boolean;
  /** How many digits the client says that each image shows; auto where absent. */
  expect?: Expectation | undefined;
  cancelAfterMs: number | null;
  isLow: boolean;
  /** The `traceparent` of the request, where requests are traced. */
  trace?: string | undefined;
  /** The client's Idempotency-Key: of all requests with one key, the first makes the batch. */
  key: string | null;
}

/** Takes the images of batches in. */
export function createIntake(options: {
  records: Pick<BatchRecords, 'save' | 'unlessSaved' | 'find'>;
  queue: Pick<Queue, 'openBulk' | 'newBatchId'>;
  idempotency: Idempotency;
  imageMaxBytes: number;
  linkTo: (id: string) => string;
}) {
  const { records, queue, idempotency, imageMaxBytes, linkTo } = options;
  const { code, message } = tooLarge(imageMaxBytes);
  const over = toPredictionError(code, message);

  function toSubmission({ image, refused = over }: ImagePart, how: BatchOptions): Submission {
    if (!image) return { refused };
    const { preview, expect, cancelAfterMs, trace } = how;
    if (image.bytes.length > 0) return { ...image, preview, expect, cancelAfterMs, trace };
    image.release();
    return { refused: EMPTY };
  }

  async function fill(
    id: string,
    images: ImageParts,
    how: BatchOptions,
    { note, ready }: { note?: (part: ImagePart) => void; ready?: () => Promise<void> } = {},
  ) {
    const bulk = queue.openBulk({ isLow: how.isLow });
    const predictions: BatchRecord = [];
    try {
      await images.forEach(async (part) => {
        note?.(part);
        const prediction = await bulk.add(toSubmission(part, how));
        predictions.push({ id: prediction, filename: part.filename });
      });
      await bulk.end();
      await ready?.();
      await records.save(id, predictions);
    } catch (error) {
      // The client learns no id: whatever is queued already would be work for nobody. But with the key of a batch that is saved, the
      // client gets that batch when it asks again.
      await (how.key ? records.unlessSaved(id, bulk.discard) : bulk.discard());
      throw withoutOwn(error, bulk);
    }
    return predictions;
  }

  const accepted = (id: string, predictions: BatchRecord): BatchAccepted => ({
    id,
    total: predictions.length,
    predictions,
    links: { self: linkTo(id) },
  });

  return {
    /**
     * Puts the images into the queue while they arrive. Each prediction is durable, and the batch can be found, once this
     * resolves. An image that is too large fails its own prediction only. An upload that breaks off, or that the queue has
     * no room for, is taken back whole.
     */
    async submit(
      images: ImageParts,
      how: BatchOptions,
    ): Promise<{ accepted: BatchAccepted; isReplayed: boolean }> {
      if (!how.key) {
        const id = queue.newBatchId();
        return { accepted: accepted(id, await fill(id, images, how)), isReplayed: false };
      }
      const print = createPrint(how);
      const { id, isReplayed } = await idempotency.once(how.key, {
        async work(announce) {
          const id = queue.newBatchId();
          await fill(id, images, how, { note: print.add, ready: () => announce(id, print.digest()) });
          return id;
        },
        exists: async (id) => (await records.find(id)) !== null,
        async compare() {
          await images.forEach(async (part) => {
            print.add(part);
            part.image?.release();
          });
          return print.digest();
        },
      });
      const record = await records.find(id);
      if (record) return { accepted: accepted(id, record), isReplayed };
      throw new ProblemError('batch-expired', 'The batch of this Idempotency-Key is no longer kept.');
    },
  };
}

/** Of the images for which the queue was full, the batch's own are taken back; one that is too large alone never finds room. */
function withoutOwn(error: unknown, bulk: Pick<Bulk, 'queued' | 'isTooLarge'>): unknown {
  if (!(error instanceof ProblemError) || error.code !== 'queue-full' || bulk.queued() === 0) return error;
  if (bulk.isTooLarge()) {
    const detail = 'The batch has more pictures than the queue has room for. Send smaller ones.';
    return new ProblemError('too-many-files', detail);
  }
  const { retryAfterS, waiting: all = 0 } = error;
  const waiting = Math.max(0, all - bulk.queued());
  return new ProblemError('queue-full', `${waiting.toLocaleString('en')} pictures wait. Try again later.`, {
    waiting,
    ...(retryAfterS !== undefined && { retryAfterS }),
  });
}

/** Equal for batches of the same files in the same order that are read with the same options. */
function createPrint({ preview, expect }: BatchOptions) {
  const hash = createHash('sha256').update(`${preview ? 'batch, preview' : 'batch'}${unlessAuto(expect)}`);
  return {
    add({ image, refused, filename }: ImagePart): void {
      hash.update(JSON.stringify([filename, image?.bytes.length ?? refused?.code ?? null]));
      if (image) hash.update(image.bytes);
    },
    digest: () => hash.digest('base64url'),
  };
}
