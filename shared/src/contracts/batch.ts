import { z } from 'zod/mini';
import { prediction, predictionId } from './prediction.ts';

/** Most images in one batch. */
export const BATCH_PICTURES_MAX = 1_000;

export const batchId = z.uuidv7().register(z.globalRegistry, {
  id: 'BatchId',
  description: 'UUIDv7. Every client that knows it can read the batch.',
});

const links = z.object({ self: z.string() });
const filename = z.nullable(z.string()).check(z.describe('As the client named the file'));

/** POST /batches, 202: an entry for each file, in the order sent. A file that is not an image fails its own prediction only. */
export const batchAccepted = z
  .object({
    id: batchId,
    total: z.int(),
    predictions: z.array(z.object({ id: predictionId, filename })),
    links,
  })
  .register(z.globalRegistry, { id: 'BatchAccepted' });
export type BatchAccepted = z.infer<typeof batchAccepted>;

export const batchCounts = z
  .object({
    queued: z.int(),
    running: z.int(),
    succeeded: z.int(),
    failed: z.int(),
    canceled: z.int(),
    expired: z.int().check(z.describe('No longer kept')),
  })
  .register(z.globalRegistry, { id: 'BatchCounts', description: 'Predictions of the batch by state' });
export type BatchCounts = z.infer<typeof batchCounts>;

/** The progress of a batch: a snapshot of the topic `batch`. */
export const batchProgress = z
  .object({ id: batchId, total: z.int(), finished: z.boolean(), counts: batchCounts })
  .register(z.globalRegistry, { id: 'BatchProgress' });
export type BatchProgress = z.infer<typeof batchProgress>;

/** GET /batches/{id}: progress, and one page of the predictions in the order sent. */
export const batch = z
  .extend(batchProgress, {
    created_at: z.iso.datetime(),
    predictions: z.array(
      z.object({
        filename,
        prediction: z.nullable(prediction).check(z.describe('null once it is no longer kept')),
      }),
    ),
    links: z.extend(links, {
      next: z.nullable(z.string()).check(z.describe('The next page; null on the last')),
    }),
  })
  .register(z.globalRegistry, { id: 'Batch' });
export type Batch = z.infer<typeof batch>;
