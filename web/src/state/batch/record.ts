import { batchId } from '@inkqueue/shared/contracts/batch';
import { digitsText, predictionId, probability } from '@inkqueue/shared/contracts/prediction';
import { problemCode } from '@inkqueue/shared/contracts/problems';
import { z } from 'zod/mini';
import { NAME_MAX_CHARS, refusalOf, restoredPrediction } from '../prediction/kept.ts';
import type { TrackedPrediction } from '../prediction/tracked-prediction.ts';
import { type BatchItem, newItem, type PageBatch } from './batch.ts';
import { readingOf } from './standing.ts';

/** Most pictures of one batch on the page: beyond it neither people nor browsers find anything. */
export const BATCH_ITEMS_MAX = 1000;

/** The page makes a list as long as this says. */
const place = z.int().check(z.minimum(0), z.maximum(BATCH_ITEMS_MAX));

const item = z.object({
  name: z.string().check(z.maxLength(NAME_MAX_CHARS)),
  accepted: z.nullable(z.object({ batchId, total: place, index: place })),
  /** Why it has no result, for good; null where it has one, or may get one. */
  refused: z.nullable(problemCode),
  read: z.nullable(
    z.object({ id: predictionId, text: digitsText, confidence: probability, uncertain: z.boolean() }),
  ),
  byHand: z.nullable(z.union([digitsText, z.literal('')])),
});

/** A batch as this browser keeps it: by it the batch comes back after another load of the page, and from the history. */
const batchRecord = z.object({
  key: z.string(),
  at: z.iso.datetime(),
  items: z.array(item).check(z.minLength(1), z.maxLength(BATCH_ITEMS_MAX)),
});
export type BatchRecord = z.infer<typeof batchRecord>;

/** The batch in what the browser has kept; null where it is none. */
export function parseRecord(kept: unknown): BatchRecord | null {
  return batchRecord.safeParse(kept).data ?? null;
}

export function toRecord({ key, at, items }: PageBatch): BatchRecord {
  return {
    key,
    at,
    items: items.map((each) => ({
      name: each.name.slice(0, NAME_MAX_CHARS),
      accepted: entryOf(each.tracked),
      refused: refusalOf(each.tracked),
      read: readingOf(each),
      byHand: each.byHand,
    })),
  };
}

/** The batch as another load of the page shows it: what the service has not accepted by then was not sent. */
export function fromRecord({ key, at, items }: BatchRecord): PageBatch {
  return {
    key,
    at,
    leftOut: 0,
    failure: null,
    items: items.map((each, index) => restored(each, key, index)),
  };
}

function restored(kept: BatchRecord['items'][number], key: string, index: number): BatchItem {
  const { name, accepted, refused, read, byHand } = kept;
  const tracked = restoredPrediction(accepted, refused);
  return { ...newItem(itemKey(key, index), name, null), tracked, kept: read, byHand };
}

/** The key of the picture at `index` of a batch. */
export function itemKey(batchKey: string, index: number): string {
  return `${batchKey}/${index}`;
}

function entryOf({ accepted }: TrackedPrediction): BatchRecord['items'][number]['accepted'] {
  return accepted && 'batchId' in accepted ? accepted : null;
}
