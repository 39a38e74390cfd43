import type { BatchClient } from '../../api/batches.ts';
import type { Cancel } from '../../api/cancel.ts';
import type { BatchEntryState, FollowBatch } from '../../api/follow-batch.ts';
import { RequestFailure } from '../../api/request-failure.ts';
import type { OnProgress } from '../../api/upload.ts';
import {
  type Failure,
  type FailureCode,
  finalFailure,
  NoImageError,
} from '../../state/prediction/failure.ts';
import type { TrackingEvent } from '../../state/prediction/tracked-prediction.ts';
import { chunked } from './chunks.ts';
import { createConcurrencyLimit } from './concurrency-limit.ts';
import { droppable } from './droppable.ts';
import type { FileOfImage, LoadImage } from './load-image.ts';
import { resendPauseMs } from './resend-pause.ts';

/** People wait this long without a message. */
const SLOW_MS = 500;
/** Chunks that are uploaded or followed. Only one is uploaded at a time, while the workers process those before it. */
const CHUNKS_AT_ONCE = 4;

/** A batch that the api has accepted, and those of its images that are to be followed. */
export interface SentBatch {
  id: string;
  total: number;
  images: readonly { key: string; index: number }[];
}

/** Takes many images through the api in batches and reports each step of each to the page as a tracking event. */
export function createBatchTracker(options: {
  client: Pick<BatchClient, 'submit'>;
  cancel: Cancel;
  load: LoadImage;
  follow: FollowBatch;
  /** Drops an earlier attempt with this key; returns the token of a new one. */
  takeToken: (key: string) => number;
  emit: (events: ReadonlyMap<string, TrackingEvent>) => void;
  /** Called with how the files of images are named. */
  onNames: (names: ReadonlyMap<string, string>) => void;
  now: () => number;
}) {
  const { client, cancel, load, follow, now } = options;
  const limitChunks = createConcurrencyLimit(CHUNKS_AT_ONCE);
  const limitUploads = createConcurrencyLimit(1);
  /** The current attempt of each image. */
  const attempts = new Map<string, AbortController>();
  /** The batch of each attempt that the api has accepted. */
  const accepted = new Map<AbortController, string>();
  /** Failed attempts that wait for their retry, with the function that starts it at once. */
  const waiting = new Map<AbortController, () => void>();

  /** Begins an attempt of these images: from now on it reports their events, and no earlier one does. */
  function begin<Image extends { key: string }>(images: readonly Image[]) {
    const abort = new AbortController();
    const tokens = new Map(images.map(({ key }) => [key, options.takeToken(key)]));
    for (const { key } of images) attempts.set(key, abort);
    const remaining = () => images.filter(({ key }) => attempts.get(key) === abort);
    const emit = (some: readonly Image[], event: (token: number, image: Image) => TrackingEvent) =>
      options.emit(new Map(some.map((image) => [image.key, event(tokens.get(image.key)!, image)])));
    const fail = (some: readonly Image[], failure: Failure) =>
      emit(some, (token) => ({ type: 'failed', token, failure }));
    emit(images, (token) => ({ type: 'waiting', token }));
    const slow = setTimeout(() => emit(images, (token) => ({ type: 'slow', token })), SLOW_MS);
    return {
      abort,
      remaining,
      emit,
      fail,
      /** Follows the batch, in which `keys` stand at their index. Images that are not followed leave a hole. */
      async follow(batch: { id: string; total: number }, keys: readonly (string | undefined)[]) {
        const { id: batchId, total } = batch;
        accepted.set(abort, batchId);
        emit(remaining(), (token, { key }) => ({
          type: 'accepted',
          token,
          at: now(),
          entry: { batchId, total, index: keys.indexOf(key) },
        }));
        const onStates = (states: readonly BatchEntryState[]) => {
          const events = new Map<string, TrackingEvent>();
          const names = new Map<string, string>();
          for (const { index, prediction, filename } of states) {
            const key = keys[index];
            const token = key === undefined ? undefined : tokens.get(key);
            if (key === undefined || token === undefined) continue;
            if (filename) names.set(key, filename);
            const event: TrackingEvent = prediction
              ? { type: 'state', token, at: now(), prediction }
              : { type: 'failed', token, failure: finalFailure('prediction-expired') };
            events.set(key, event);
          }
          options.onNames(names);
          options.emit(events);
        };
        await follow(batch, { onStates, signal: abort.signal });
      },
      end(): void {
        clearTimeout(slow);
        accepted.delete(abort);
        if (!waiting.has(abort)) for (const { key } of remaining()) attempts.delete(key);
      },
    };
  }

  async function attempt(chunk: readonly FileOfImage[], retries: number): Promise<void> {
    const current = begin(chunk);
    const { abort, remaining, emit, fail } = current;
    const { signal } = abort;
    signal.addEventListener('abort', () => {
      // One that waits for its retry has failed already: it begins anew, so that its end is not taken for a late event.
      emit(remaining(), (token) => ({ type: 'waiting', token }));
      fail(remaining(), { code: 'canceled', retryable: true, retryAt: null });
      waiting.delete(abort);
      current.end();
    });
    try {
      await limitChunks(async () => {
        const { sent, batch } = await limitUploads(async () => {
          const sent = await loadAll(remaining(), load, (image, code) => fail([image], finalFailure(code)));
          signal.throwIfAborted();
          if (sent.length === 0) return { sent, batch: null };
          emit(sent, (token) => ({ type: 'sent', token, at: now() }));
          const onProgress: OnProgress = (upload) =>
            emit(sent, (token) => ({ type: 'uploaded', token, upload }));
          onProgress({ sent: 0, total: sent.reduce((sum, { file }) => sum + file.size, 0) });
          const files = sent.map(({ file }) => file);
          const batch = await droppable((request) => client.submit(files, { signal: request, onProgress }), {
            signal,
            onLate: ({ id }) => cancel('batches', id),
          });
          return { sent, batch };
        });
        if (!batch) return;
        await current.follow(
          batch,
          sent.map(({ key }) => key),
        );
      });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestFailure)) {
        // A bug, or a browser that lacks what the page needs: said on the page, and reported as an error.
        fail(remaining(), finalFailure('page-error'));
        throw error;
      }
      if (error.code === 'too-large-for-proxy' && remaining().length > 1) sendInHalves();
      else planRetry(error);
    } finally {
      current.end();
    }

    /** A server on the way takes less at once than the service does. */
    function sendInHalves(): void {
      const images = remaining();
      const half = Math.ceil(images.length / 2);
      for (const part of [images.slice(0, half), images.slice(half)]) void attempt(part, 0);
    }

    function planRetry(error: RequestFailure): void {
      const pauseMs = resendPauseMs(error, retries);
      const { code, retryable } = error;
      fail(remaining(), { code, retryable, retryAt: pauseMs === null ? null : now() + pauseMs });
      if (pauseMs === null) return;
      const again = (nextRetries: number) => {
        clearTimeout(timer);
        if (waiting.delete(abort)) void attempt(remaining(), nextRetries);
      };
      const timer = setTimeout(again, pauseMs, retries + 1);
      waiting.set(abort, () => again(0));
    }
  }

  async function resume({ id, total, images }: SentBatch): Promise<void> {
    const current = begin(images);
    const { abort, remaining, fail } = current;
    const keys: string[] = [];
    for (const { key, index } of images) keys[index] = key;
    try {
      await limitChunks(() => current.follow({ id, total }, keys));
    } catch (error) {
      if (abort.signal.aborted) return;
      const isExpected = error instanceof RequestFailure;
      fail(remaining(), finalFailure(isExpected ? error.code : 'page-error'));
      if (!isExpected) throw error;
    } finally {
      current.end();
    }
  }

  return {
    /** Follows what the service has of a batch. Its images cannot be sent by this. */
    resume: (batch: SentBatch) => void resume(batch),
    /** Sends many images, some chunks at a time, and follows them. */
    start(images: readonly FileOfImage[]): void {
      for (const chunk of chunked(images)) void attempt(chunk, 0);
    },
    /**
     * Cancels what has not ended of the chunks that these images were sent in. What the api has accepted is followed on: its
     * states say what was canceled. The rest is not sent.
     */
    cancel(keys: readonly string[]): void {
      for (const abort of new Set(keys.map((key) => attempts.get(key)))) {
        if (!abort) continue;
        const batchId = accepted.get(abort);
        if (batchId === undefined) abort.abort();
        else cancel('batches', batchId);
      }
    },
    /** Neither sends nor follows these images any longer. What the api has accepted of them stays there. */
    drop(keys: readonly string[]): void {
      const dropped = new Set(keys.map((key) => attempts.get(key)));
      for (const key of keys) attempts.delete(key);
      for (const abort of dropped) {
        if (!abort) continue;
        waiting.delete(abort);
        abort.abort();
      }
    },
    /** Sends again, at once, the failed batch of this image, where it waits for its retry. */
    retry(key: string): void {
      const current = attempts.get(key);
      if (current) waiting.get(current)?.();
    },
    retryAll(): void {
      for (const again of [...waiting.values()]) again();
    },
  };
}
export type BatchTracker = ReturnType<typeof createBatchTracker>;

/** The images as they are sent, in memory: one that cannot be read would break the request for all. */
async function loadAll(
  images: readonly FileOfImage[],
  load: LoadImage,
  onFailure: (image: FileOfImage, code: FailureCode) => void,
): Promise<readonly FileOfImage[]> {
  const loaded = images.map(async (image) => {
    try {
      return [{ ...image, file: await load(image) }];
    } catch (error) {
      if (!(error instanceof NoImageError)) throw error;
      onFailure(image, error.code);
      return [];
    }
  });
  return (await Promise.all(loaded)).flat();
}
