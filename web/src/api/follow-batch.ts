import { isFinal, type Prediction, type PredictionStatus } from '@inkqueue/shared/contracts/prediction';
import { type BatchClient, PAGE_ENTRIES } from './batches.ts';
import { delay } from './delay.ts';
import type { PredictionClient } from './predictions.ts';
import { RequestFailure } from './request-failure.ts';
import { retryPauseMs } from './retry-pause.ts';
import type { Subscriptions } from './subscriptions.ts';

/** Between two refreshes of a batch: at least, and at most while no snapshot arrives. */
const REFRESH_MIN_MS = 250;
const REFRESH_MAX_MS = 5000;
const RETRY_MAX_MS = 10_000;
/** Between two looks at the place in the queue of the first entry that waits there. */
const PLACE_INTERVAL_MS = 2000;

/** An entry by its index in the batch, and its new state; null after the service has deleted the prediction. */
export interface BatchEntryState {
  index: number;
  /** As the client named the file. */
  filename: string | null;
  prediction: Prediction | null;
}

type EntryStatus = PredictionStatus | 'unknown' | 'expired';

/**
 * Follows batches. The states of a batch's entries always come over REST, page by page; its subscription only says when to
 * refresh them, so nothing is lost when the socket is blocked or comes and goes.
 *
 * The returned function reports the states of a batch's entries and resolves when all of them are final. It rejects with a
 * {@link RequestFailure} that no retry can heal, or with the reason of the signal's abort.
 */
export function createFollowBatch(
  { page, find }: Pick<BatchClient, 'page'> & Pick<PredictionClient, 'find'>,
  { subscribe }: Subscriptions,
) {
  return async (
    { id, total }: { id: string; total: number },
    { onStates, signal }: { onStates: (states: readonly BatchEntryState[]) => void; signal: AbortSignal },
  ): Promise<void> => {
    const statuses = Array.from({ length: total }, (): EntryStatus => 'unknown');
    /** The first entry that waits in the queue, as far as the page knows. */
    let waits: { index: number; filename: string | null; id: string } | null = null;
    let placeAt = Number.NEGATIVE_INFINITY;
    let changed = new AbortController();
    let retries = 0;
    const onChange = () => changed.abort();
    // After a failure of the subscription the next refresh fails too, with its reason.
    const unsubscribe = subscribe({ topic: 'batch', id }, { snapshot: onChange, failed: onChange });

    /** A batch's pages have no places in the queue. */
    async function refreshPlace(): Promise<void> {
      if (waits === null || statuses[waits.index] !== 'queued') return;
      if (performance.now() - placeAt < PLACE_INTERVAL_MS) return;
      placeAt = performance.now();
      const { id, ...entry } = waits;
      try {
        const prediction = await find(id, signal);
        if (prediction.status === 'queued') onStates([{ ...entry, prediction }]);
      } catch (error) {
        // Without it the place is not shown; the next refresh says what is wrong.
        if (!(error instanceof RequestFailure)) throw error;
      }
    }

    async function refresh(): Promise<void> {
      let first: typeof waits = null;
      for (let offset = 0; offset < total; offset += PAGE_ENTRIES) {
        if (!statuses.slice(offset, offset + PAGE_ENTRIES).some(isOpen)) continue;
        const { predictions } = await page(id, offset, signal);
        const states = predictions
          .map(({ prediction, filename }, at) => ({ index: offset + at, filename, prediction }))
          .filter(({ index, prediction }) => statuses[index] !== statusOf(prediction));
        for (const { index, prediction } of states) statuses[index] = statusOf(prediction);
        if (states.length > 0) onStates(states);
        const at = predictions.findIndex(({ prediction }) => prediction?.status === 'queued');
        const queued = predictions[at];
        if (queued?.prediction && first === null)
          first = { index: offset + at, filename: queued.filename, id: queued.prediction.id };
      }
      waits = first;
      await refreshPlace();
    }

    try {
      while (statuses.some(isOpen)) {
        changed = new AbortController();
        try {
          await refresh();
          retries = 0;
          if (!statuses.some(isOpen)) return;
          await delay(REFRESH_MIN_MS, signal);
          for (let rest = REFRESH_MAX_MS; rest > 0 && !changed.signal.aborted; rest -= PLACE_INTERVAL_MS) {
            await delay(Math.min(rest, PLACE_INTERVAL_MS), signal, changed.signal);
            if (!changed.signal.aborted) await refreshPlace();
          }
        } catch (error) {
          if (!(error instanceof RequestFailure) || !error.retryable) throw error;
          await delay(retryPauseMs(error, { retries, firstMs: REFRESH_MIN_MS, maxMs: RETRY_MAX_MS }), signal);
          retries += 1;
        }
        signal.throwIfAborted();
      }
    } finally {
      unsubscribe();
    }
  };
}
export type FollowBatch = ReturnType<typeof createFollowBatch>;

function statusOf(prediction: Prediction | null): EntryStatus {
  return prediction?.status ?? 'expired';
}

function isOpen(status: EntryStatus): boolean {
  return status === 'unknown' || (status !== 'expired' && !isFinal(status));
}
