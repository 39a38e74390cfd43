import { type BatchItem, newItem, type PageBatch } from '../state/batch/batch.ts';
import { itemKey } from '../state/batch/record.ts';
import { nextTracked, type TrackingEvent } from '../state/prediction/tracked-prediction.ts';

export const BATCH_ID = '01938f5e-7b3a-7cc0-8000-00000000beef';

/** The steps of a picture's way after it was accepted at `index`, for tests. */
export function itemAfter(index: number, ...events: (Pick<TrackingEvent, 'type'> & object)[]): BatchItem {
  const item = newItem(itemKey('new-1', index), `${index}.png`, 'blob:');
  const all = [{ type: 'waiting' }, ...events].map(
    (event) => ({ token: 1, at: 0, ...event }) as TrackingEvent,
  );
  return { ...item, tracked: all.reduce(nextTracked, item.tracked) };
}

/** That the api has accepted the picture at `index` of `total`. */
export const acceptedAt = (index: number, total = 9, batchId = BATCH_ID) => ({
  type: 'accepted' as const,
  entry: { batchId, total, index },
});

export const failedAs = (code: string, retryable = false, retryAt: number | null = null) => ({
  type: 'failed' as const,
  failure: { code, retryable, retryAt },
});

export function batchOf(...items: BatchItem[]): PageBatch {
  return { key: 'new-1', at: '2026-01-01T00:00:00.000Z', items, leftOut: 0, failure: null };
}
