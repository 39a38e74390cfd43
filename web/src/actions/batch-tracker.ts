import type { BatchFollower, BatchState } from '../api/batch-follower.ts';
import type { BatchClient } from '../api/batches.ts';
import { RequestFailure } from '../api/request-failure.ts';
import type { Failure } from '../state/failure.ts';
import type { ReadingEvent } from '../state/tracked-prediction.ts';
import { chunked } from './chunks.ts';
import { createLanes } from './concurrency-limit.ts';
import { isReadable, unreadableFile } from './readable-file.ts';
import { retryPause } from './retries.ts';

/** People wait this long without a word. */
const SLOW_MS = 500;
/** One upload at a time; meanwhile those before it are read. */
const CHUNKS_IN_HAND = 4;

interface BatchPicture {
  key: string;
  file: File;
}

export interface BatchReader {
  /** Has many pictures read, some at a time. */
  read: (pictures: readonly BatchPicture[]) => void;
  /** Leaves these out from now on. */
  drop: (keys: readonly string[]) => void;
  /** Sends again, at once, the batch that this picture waits with for the next try. False where it waits for none. */
  retry: (key: string) => boolean;
  retryAll: () => void;
}

/** Takes many pictures through the api in batches and tells the page each step of each, as reading events. */
export function createBatchReader(options: {
  client: BatchClient;
  follower: Pick<BatchFollower, 'follow'>;
  /** Ends an earlier attempt with this key; gives the token of a new one. */
  take: (key: string) => number;
  emit: (events: ReadonlyMap<string, ReadingEvent>) => void;
  onUpload: (share: number) => void;
  now: () => number;
}): BatchReader {
  const { client, follower, now, onUpload } = options;
  const inHand = createLanes(CHUNKS_IN_HAND);
  const inUpload = createLanes(1);
  /** The attempt that each picture is in. */
  const attempts = new Map<string, AbortController>();
  const waiting = new Map<AbortController, () => void>();

  async function attempt(chunk: readonly BatchPicture[], retries: number): Promise<void> {
    const ended = new AbortController();
    const { signal } = ended;
    const tokens = new Map(chunk.map(({ key }) => [key, options.take(key)]));
    for (const { key } of chunk) attempts.set(key, ended);
    const here = () => chunk.filter(({ key }) => attempts.get(key) === ended);
    const emit = (of: readonly BatchPicture[], event: (token: number) => ReadingEvent) =>
      options.emit(new Map(of.map(({ key }) => [key, event(tokens.get(key)!)])));
    const fail = (of: readonly BatchPicture[], failure: Failure) =>
      emit(of, (token) => ({ type: 'failed', token, failure }));
    const tell = (of: readonly BatchPicture[], states: readonly BatchState[]) => {
      const events = states.map(({ index, prediction }): [string, ReadingEvent] => {
        const { key } = of[index]!;
        const token = tokens.get(key)!;
        const event: ReadingEvent = prediction
          ? { type: 'state', token, at: now(), prediction }
          : { type: 'failed', token, failure: expired };
        return [key, event];
      });
      options.emit(new Map(events));
    };

    emit(chunk, (token) => ({ type: 'waiting', token }));
    const slow = setTimeout(() => emit(chunk, (token) => ({ type: 'slow', token })), SLOW_MS);
    try {
      await inHand(async () => {
        const { sent, batch } = await inUpload(async () => {
          const sent = await readableOf(here(), (file) => fail([file], unreadableFile));
          signal.throwIfAborted();
          if (sent.length === 0) return { sent, batch: null };
          onUpload(0);
          emit(sent, (token) => ({ type: 'sent', token, at: now() }));
          const files = sent.map(({ file }) => file);
          return { sent, batch: await client.submit(files, { signal, onProgress: onUpload }) };
        });
        if (!batch) return;
        emit(sent, (token) => ({ type: 'accepted', token, at: now() }));
        await follower.follow(batch, { onStates: (states) => tell(sent, states), signal });
      });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestFailure)) throw error;
      planRetry(error);
    } finally {
      clearTimeout(slow);
      for (const { key } of here()) if (!waiting.has(ended)) attempts.delete(key);
    }

    function planRetry(error: RequestFailure): void {
      const pause = retryPause(error, retries);
      const { code, retryable } = error;
      fail(here(), { code, retryable, retryAt: pause === null ? null : now() + pause });
      if (pause === null) return;
      const again = (tries: number) => {
        clearTimeout(timer);
        if (waiting.delete(ended)) void attempt(here(), tries);
      };
      const timer = setTimeout(again, pause, retries + 1);
      waiting.set(ended, () => again(0));
    }
  }

  return {
    read(pictures) {
      for (const chunk of chunked(pictures)) void attempt(chunk, 0);
    },
    drop(keys) {
      const left = new Set<AbortController>();
      for (const key of keys) {
        const attempted = attempts.get(key);
        if (attempted) left.add(attempted);
        attempts.delete(key);
      }
      const running = new Set(attempts.values());
      for (const attempted of left) {
        if (running.has(attempted)) continue;
        waiting.delete(attempted);
        attempted.abort();
      }
    },
    retry(key) {
      const attempted = attempts.get(key);
      const again = attempted && waiting.get(attempted);
      again?.();
      return again !== undefined;
    },
    retryAll() {
      for (const again of [...waiting.values()]) again();
    },
  };
}

const expired: Failure = { code: 'prediction-expired', retryable: true, retryAt: null };

/** Those whose file can still be opened: one that can't would break the request for all. */
async function readableOf(
  pictures: readonly BatchPicture[],
  onUnreadable: (picture: BatchPicture) => void,
): Promise<readonly BatchPicture[]> {
  const found = await Promise.all(pictures.map(({ file }) => isReadable(file)));
  return pictures.filter((picture, index) => {
    if (!found[index]) onUnreadable(picture);
    return found[index];
  });
}
