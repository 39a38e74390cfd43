import type { FollowBatchReply } from '@inkqueue/shared/contracts/events';
import { isFinal, type Prediction, type PredictionStatus } from '@inkqueue/shared/contracts/prediction';
import { type BatchClient, PAGE_ENTRIES } from './batches.ts';
import { delay } from './delay.ts';
import { RequestFailure } from './request-failure.ts';

/** Between two looks at a batch: at least, while told of progress, and while nobody tells. */
const LOOK_PAUSE_MS = 250;
const TOLD_MS = 5000;
const UNTOLD_MS = 1000;
const RETRY_MAX_MS = 10_000;

/** What a batch's follower needs of a socket. */
interface BatchSocket {
  followBatch: (id: string) => Promise<FollowBatchReply>;
}

/** A picture of the batch by its place in it, and its new state; null once it is no longer kept. */
export interface BatchState {
  index: number;
  prediction: Prediction | null;
}

/** What is known of a picture. */
type Known = PredictionStatus | 'unknown' | 'gone';

export interface BatchFollower {
  /**
   * Tells the states of a batch's pictures until all are final, which is when it resolves. Rejects with a
   * {@link RequestFailure} that no later try can heal, or with the reason of the signal's abort.
   */
  follow: (
    batch: { id: string; total: number },
    options: { onStates: (states: readonly BatchState[]) => void; signal: AbortSignal },
  ) => Promise<void>;
  /** The socket stands from now on. */
  connected: (socket: BatchSocket) => void;
  disconnected: () => void;
  /** The socket has told of a batch's progress. */
  progressed: (id: string) => void;
}

/**
 * Follows batches. What their pictures are is always asked over REST, page by page; the socket only says when a look is
 * worth while, so nothing is lost where it is blocked or comes and goes.
 */
export function createBatchFollower(client: Pick<BatchClient, 'page'>): BatchFollower {
  const wakes = new Map<string, () => void>();
  let socket: BatchSocket | null = null;

  function subscribe(id: string): void {
    const wake = () => wakes.get(id)?.();
    // A reply that is none, or a refusal: the next look at REST says why.
    socket?.followBatch(id).then(wake, wake);
  }

  /** Waits until there may be news of the batch. */
  async function news(id: string, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    wakes.set(id, () => woken.abort());
    await delay(LOOK_PAUSE_MS, signal);
    await delay(socket ? TOLD_MS : UNTOLD_MS, AbortSignal.any([signal, woken.signal]));
  }

  return {
    async follow({ id, total }, { onStates, signal }) {
      const known = Array.from({ length: total }, (): Known => 'unknown');
      const look = async () => {
        for (let offset = 0; offset < total; offset += PAGE_ENTRIES) {
          if (!known.slice(offset, offset + PAGE_ENTRIES).some(isOpen)) continue;
          const { predictions } = await client.page(id, offset, signal);
          const changed = predictions
            .map(({ prediction }, at) => ({ index: offset + at, prediction }))
            .filter(({ index, prediction }) => known[index] !== statusOf(prediction));
          for (const { index, prediction } of changed) known[index] = statusOf(prediction);
          if (changed.length > 0) onStates(changed);
        }
      };
      let pause = UNTOLD_MS;
      wakes.set(id, () => {});
      subscribe(id);
      try {
        while (known.some(isOpen)) {
          try {
            await look();
            pause = UNTOLD_MS;
            if (known.some(isOpen)) await news(id, signal);
          } catch (failure) {
            if (!(failure instanceof RequestFailure) || !failure.retryable) throw failure;
            await delay(failure.retryAfterMs ?? pause, signal);
            pause = Math.min(pause * 2, RETRY_MAX_MS);
          }
          signal.throwIfAborted();
        }
      } finally {
        wakes.delete(id);
      }
    },
    connected(opened) {
      socket = opened;
      for (const id of wakes.keys()) subscribe(id);
    },
    disconnected() {
      socket = null;
      for (const wake of wakes.values()) wake();
    },
    progressed: (id) => wakes.get(id)?.(),
  };
}

function statusOf(prediction: Prediction | null): Known {
  return prediction?.status ?? 'gone';
}

function isOpen(status: Known): boolean {
  return status === 'unknown' || (status !== 'gone' && !isFinal(status));
}
