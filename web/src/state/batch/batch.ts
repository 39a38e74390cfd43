import type { FailureCode } from '../prediction/failure.ts';
import {
  IDLE_PREDICTION,
  nextTracked,
  type TrackedPrediction,
  type TrackingEvent,
} from '../prediction/tracked-prediction.ts';

/** What was read of a picture, as far as this browser keeps it. */
export interface Reading {
  id: string;
  /** Digits; a line feed between two lines. */
  text: string;
  confidence: number;
  uncertain: boolean;
}

/** One picture of a batch. */
export interface BatchItem {
  key: string;
  /** As its file was named; empty while the page does not know it. */
  name: string;
  /** A blob: address of the file; null where this load of the page never had it. */
  thumbnail: string | null;
  tracked: TrackedPrediction;
  /** What an earlier load of the page has kept of its result; null when nothing. */
  kept: Reading | null;
  /** What a person says that it shows, empty for no digit; null while nobody has said. */
  byHand: string | null;
  /** What of that the service has saved as feedback; null when nothing. */
  fedBack: string | null;
}

/**
 * Pictures that came together, in the order sent. The service knows them as one batch, or several: a large upload is cut
 * into chunks.
 */
export interface PageBatch {
  /** Its address, before the service has accepted anything of it. */
  key: string;
  at: string;
  items: readonly BatchItem[];
  /** How many pictures were left out, where more came than fit. */
  leftOut: number;
  /** Why the page has no pictures for this address, or why the last retry was refused; null unless so. */
  failure: { code: FailureCode; retryable: boolean } | null;
}

export type BatchesEvent =
  /** In place of the one with the same key. */
  | { type: 'opened'; batch: PageBatch }
  | { type: 'predictions'; events: ReadonlyMap<string, TrackingEvent> }
  /** Another picture than the file is sent, and shown in its place. */
  | { type: 'prepared'; itemKey: string; thumbnail: string }
  | { type: 'named'; names: ReadonlyMap<string, string> }
  | { type: 'by-hand'; itemKey: string; text: string | null }
  | { type: 'fed-back'; itemKey: string; text: string }
  | { type: 'failed'; key: string; failure: PageBatch['failure'] }
  | { type: 'closed'; key: string };

/** All batches after `event`, newest first. A batch or an item that nothing happens to stays the same object. */
export function nextBatches(all: readonly PageBatch[], event: BatchesEvent): readonly PageBatch[] {
  switch (event.type) {
    case 'opened':
      return [event.batch, ...all.filter(({ key }) => key !== event.batch.key)];
    case 'closed':
      return all.filter(({ key }) => key !== event.key);
    case 'failed':
      return all.map((batch) => (batch.key === event.key ? { ...batch, failure: event.failure } : batch));
    case 'by-hand':
      return withItems(all, (item) => (item.key === event.itemKey ? { ...item, byHand: event.text } : item));
    case 'fed-back':
      return withItems(all, (item) => (item.key === event.itemKey ? { ...item, fedBack: event.text } : item));
    case 'prepared':
      return withItems(all, (item) =>
        item.key === event.itemKey ? { ...item, thumbnail: event.thumbnail } : item,
      );
    case 'named':
      return withItems(all, (item) => {
        const name = event.names.get(item.key) ?? item.name;
        return name === item.name ? item : { ...item, name };
      });
    case 'predictions':
      return withItems(all, (item) => {
        const happened = event.events.get(item.key);
        const tracked = happened ? nextTracked(item.tracked, happened) : item.tracked;
        return tracked === item.tracked ? item : { ...item, tracked };
      });
  }
}

function withItems(all: readonly PageBatch[], next: (item: BatchItem) => BatchItem): readonly PageBatch[] {
  return all.map((batch) => {
    const items = batch.items.map(next);
    return items.every((item, index) => item === batch.items[index]) ? batch : { ...batch, items };
  });
}

/** A picture of which nothing has happened yet. */
export function newItem(key: string, name: string, thumbnail: string | null): BatchItem {
  return { key, name, thumbnail, tracked: IDLE_PREDICTION, kept: null, byHand: null, fedBack: null };
}

/** The service's batches that hold these pictures, in their order. */
export function batchIdsOf({ items }: Pick<PageBatch, 'items'>): readonly string[] {
  const ids = new Set<string>();
  for (const { tracked } of items) {
    if (tracked.accepted && 'batchId' in tracked.accepted) ids.add(tracked.accepted.batchId);
  }
  return [...ids];
}

/** What names the batch in an address: the service's ids once there are any, which every browser understands. */
export function addressOf(batch: PageBatch): string {
  return batchIdsOf(batch).join(',') || batch.key;
}

/** The batch that an address names: by any of its ids, since an upload gets more of them as it goes on. */
export function findBatch(all: readonly PageBatch[], address: string): PageBatch | null {
  const named = address.split(',');
  return (
    all.find((batch) => batch.key === address || batchIdsOf(batch).some((id) => named.includes(id))) ?? null
  );
}
