import { z } from 'zod';
import { prediction, predictionId } from './prediction.ts';

/** Most pictures in one batch. */
export const BATCH_PICTURES_MAX = 1_000;

export const batchId = z
  .uuidv7()
  .meta({ id: 'BatchId', description: 'UUIDv7. Knowing it is what lets a client read the batch.' });

const links = z.object({ self: z.string() });
const filename = z.string().nullable().describe('As the client named the file');

/** POST /batches, 202: an entry for each file, in the order sent. A file that can’t be read fails its own entry only. */
export const batchAccepted = z
  .object({
    id: batchId,
    total: z.int(),
    predictions: z.array(z.object({ id: predictionId, filename })),
    links,
  })
  .meta({ id: 'BatchAccepted' });
export type BatchAccepted = z.infer<typeof batchAccepted>;

export const batchCounts = z
  .object({
    queued: z.int(),
    running: z.int(),
    succeeded: z.int(),
    failed: z.int(),
    canceled: z.int(),
    expired: z.int().describe('No longer kept'),
  })
  .meta({ id: 'BatchCounts', description: 'Predictions of the batch by state' });
export type BatchCounts = z.infer<typeof batchCounts>;

/** How far a batch is: what a follower is sent. */
export const batchProgress = z
  .object({ id: batchId, total: z.int(), finished: z.boolean(), counts: batchCounts })
  .meta({ id: 'BatchProgress' });
export type BatchProgress = z.infer<typeof batchProgress>;

/** GET /batches/{id}: progress, and one page of the predictions in the order sent. */
export const batch = batchProgress
  .extend({
    created_at: z.iso.datetime(),
    predictions: z.array(
      z.object({ filename, prediction: prediction.nullable().describe('null once it is no longer kept') }),
    ),
    links: links.extend({ next: z.string().nullable().describe('The next page; null on the last') }),
  })
  .meta({ id: 'Batch' });
export type Batch = z.infer<typeof batch>;
