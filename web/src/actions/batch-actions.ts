import { batchId } from '@inkqueue/shared/contracts/batch';
import type { BatchClient } from '../api/batches.ts';
import type { SendFeedback } from '../api/feedback.ts';
import { RequestFailure } from '../api/request-failure.ts';
import { type BatchesEvent, findBatch, newItem, type PageBatch } from '../state/batch/batch.ts';
import { BATCH_ITEMS_MAX, type BatchRecord, fromRecord, itemKey } from '../state/batch/record.ts';
import { countStandings, isItemRetryable } from '../state/batch/standing.ts';
import type { PageStore } from '../state/page.ts';
import type { Place } from '../state/place.ts';
import { texts } from '../texts/texts.ts';
import type { BatchTracker } from './sending/batch-tracker.ts';
import { type SentItem, sentBatches } from './sending/sent-batches.ts';

/** The page has so many batches at once, and more only while they are under way; others come back from the history. */
const BATCHES_MAX = 10;

/** What people can do with pictures that came together. */
export function createBatchActions(options: {
  store: PageStore;
  tracker: BatchTracker;
  client: Pick<BatchClient, 'page' | 'retry'>;
  /** What this browser has kept of a batch; null where it has nothing. */
  find: (address: string) => BatchRecord | null;
  sendFeedback: SendFeedback;
  go: (place: Place) => void;
}) {
  const { store, tracker, client, go } = options;
  const emit = (event: BatchesEvent) => store.dispatch({ type: 'batches', event });
  const batchOf = (key: string) => store.state().batches.find((batch) => batch.key === key);
  /** Files of this load of the page, by the keys of their items. */
  const files = new Map<string, File>();
  let count = 0;

  const follow = (items: readonly SentItem[]) => sentBatches(items).forEach(tracker.resume);

  function open(batch: PageBatch): void {
    emit({ type: 'opened', batch });
    follow(batch.items);
  }

  /** Asks the service for a batch of which this browser has nothing. */
  async function load(address: string): Promise<void> {
    const { signal } = new AbortController();
    const batch: PageBatch = {
      key: address,
      at: new Date().toISOString(),
      items: [],
      leftOut: 0,
      failure: null,
    };
    emit({ type: 'opened', batch });
    try {
      const ids = address.split(',');
      if (!ids.every((id) => batchId.safeParse(id).success))
        throw new RequestFailure({ code: 'batch-not-found', retryable: false });
      const pages = await Promise.all(ids.map((id) => client.page(id, 0, signal)));
      const entries = pages.flatMap(({ id, total, predictions }) =>
        Array.from({ length: total }, (_, index) => ({
          name: predictions[index]?.filename ?? '',
          accepted: { batchId: id, total, index },
        })),
      );
      const items = entries.map(({ name, accepted }, index) => {
        const item = newItem(itemKey(address, index), name, null);
        return { ...item, tracked: { ...item.tracked, accepted } };
      });
      // Unless the page has forgotten it meanwhile.
      if (batchOf(address)) open({ ...batch, at: pages[0]!.created_at, items });
    } catch (error) {
      fail(address, error);
    }
  }

  function close(key: string): void {
    const items = batchOf(key)?.items ?? [];
    tracker.drop(items.map((item) => item.key));
    for (const item of items) {
      files.delete(item.key);
      if (item.thumbnail !== null) URL.revokeObjectURL(item.thumbnail);
    }
    emit({ type: 'closed', key });
  }

  function closeOldest(): void {
    const isUnderWay = ({ items, failure }: PageBatch) =>
      items.length === 0 ? failure === null : countStandings(items).open > 0;
    for (const batch of store.state().batches.slice(BATCHES_MAX)) if (!isUnderWay(batch)) close(batch.key);
  }

  function fail(key: string, error: unknown): void {
    const isExpected = error instanceof RequestFailure;
    const { code, retryable } = isExpected ? error : { code: 'page-error' as const, retryable: false };
    emit({ type: 'failed', key, failure: { code, retryable } });
    if (!isExpected) throw error;
  }

  /** Where the service asks for feedback, it learns what a person has set; where it does not take it, that stays here. */
  async function feedBack(itemKey: string, text: string): Promise<void> {
    const items = store.state().batches.flatMap((batch) => batch.items);
    const path = items.find((item) => item.key === itemKey)?.tracked.succeeded?.prediction.links.feedback;
    if (!path) return;
    try {
      await options.sendFeedback(path, { text: text || null });
      emit({ type: 'fed-back', itemKey, text });
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
    }
  }

  /** Has the service read again what failed by its own fault. */
  async function readAgain(key: string, items: readonly SentItem[]): Promise<void> {
    const { signal } = new AbortController();
    for (const sent of sentBatches(items)) {
      try {
        await client.retry(sent.id, signal);
        tracker.resume(sent);
      } catch (error) {
        fail(key, error);
      }
    }
  }

  return {
    /** Opens a place for these files, and sends them. */
    add(added: readonly File[]): void {
      const key = `new-${Date.now().toString(36)}-${count++}`;
      const taken = added.slice(0, BATCH_ITEMS_MAX);
      const items = taken.map((file, index) =>
        newItem(itemKey(key, index), file.name || texts.pastedName, URL.createObjectURL(file)),
      );
      for (const [index, file] of taken.entries()) files.set(itemKey(key, index), file);
      const leftOut = added.length - taken.length;
      emit({ type: 'opened', batch: { key, at: new Date().toISOString(), items, leftOut, failure: null } });
      go({ name: 'batch', id: key });
      closeOldest();
      tracker.start(taken.map((file, index) => ({ key: itemKey(key, index), file })));
    },
    /** Somebody is at this address: what the page does not have comes from this browser, or from the service. */
    visit(address: string): void {
      const found = findBatch(store.state().batches, address);
      // What could not be loaded the last time is asked for again.
      if (found && (found.items.length > 0 || found.failure === null)) return;
      const kept = options.find(address);
      if (kept) open(fromRecord(kept));
      else void load(address);
      closeOldest();
    },
    reload: (key: string) => void load(key),
    cancel: (key: string) => tracker.cancel(batchOf(key)?.items.map((item) => item.key) ?? []),
    /** Sends at once what waits for its next try. */
    retryWaiting(key: string): void {
      for (const item of batchOf(key)?.items ?? [])
        if (item.tracked.failure?.retryAt) tracker.retry(item.key);
    },
    /** Tries again what failed where another try can help. */
    retryFailed(key: string): void {
      const failed = batchOf(key)?.items.filter(isItemRetryable) ?? [];
      emit({ type: 'failed', key, failure: null });
      tracker.start(
        failed.flatMap((item) => {
          const file = files.get(item.key);
          return item.tracked.accepted === null && file ? [{ key: item.key, file }] : [];
        }),
      );
      void readAgain(key, failed);
    },
    /** What a picture shows, as a person says, empty for no digit; null takes that back. */
    setByHand(itemKey: string, text: string | null): void {
      emit({ type: 'by-hand', itemKey, text });
      if (text !== null) void feedBack(itemKey, text);
    },
    /** The page forgets a batch, and sends no more of it. What the service has of it stays there. */
    close,
    /** Sends again, at once, what waits for its next try, and asks again for what could not be loaded. */
    retryUnreached(): void {
      tracker.retryAll();
      for (const { key, items, failure } of store.state().batches)
        if (items.length === 0 && failure?.retryable) void load(key);
    },
  };
}
export type BatchActions = ReturnType<typeof createBatchActions>;
