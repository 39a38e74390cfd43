import { isFinal } from '@inkqueue/shared/contracts/prediction';
import type { BatchClient } from '../api/batches.ts';
import type { Cancel } from '../api/cancel.ts';
import type { BatchEntryState, FollowBatch } from '../api/follow-batch.ts';
import { RequestFailure } from '../api/request-failure.ts';
import { type Failure, type FailureCode, finalFailure, NoImageError } from '../state/failure.ts';
import type { TrackingEvent } from '../state/tracked-prediction.ts';
import { chunked } from './chunks.ts';
import { createConcurrencyLimit } from './concurrency-limit.ts';
import { droppable } from './droppable.ts';
import { loadFile } from './load-file.ts';
import { resendPauseMs } from './resend-pause.ts';

/** People wait this long without a message. */
const SLOW_MS = 500;
/** Chunks that are uploaded or followed. Only one is uploaded at a time, while the workers process those before it. */
const CHUNKS_AT_ONCE = 4;

export interface BatchImage {
  key: string;
  file: File;
}

/** A batch that the api has accepted, and the images of it that the page shows. */
export interface SentBatch {
  id: string;
  total: number;
  images: readonly { key: string; index: number }[];
}

/** Takes many images through the api in batches and reports each step of each to the page as a tracking event. */
export function createBatchTracker(options: {
  client: Pick<BatchClient, 'submit'>;
  cancel: Cancel;
  follow: FollowBatch;
  /** Drops an earlier attempt with this key; returns the token of a new one. */
  takeToken: (key: string) => number;
  emit: (events: ReadonlyMap<string, TrackingEvent>) => void;
  onUpload: (share: number) => void;
  now: () => number;
}) {
  const { client, cancel, follow, now, onUpload } = options;
  const limitChunks = createConcurrencyLimit(CHUNKS_AT_ONCE);
  const limitUploads = createConcurrencyLimit(1);
  /** The current attempt of each image. */
  const attempts = new Map<string, AbortController>();
  /** The prediction of each image, while that has not ended as far as the page knows. */
  const open = new Map<string, { id: string; batchId: string }>();
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
      /** Follows the batch, in which `keys` stand at their index. Images that the page no longer has leave a hole. */
      async follow(
        batch: { id: string; total: number },
        keys: readonly (string | undefined)[],
        expired: Failure,
      ) {
        const { id: batchId, total } = batch;
        emit(remaining(), (token, { key }) => ({
          type: 'accepted',
          token,
          at: now(),
          entry: { batchId, total, index: keys.indexOf(key) },
        }));
        const onStates = (states: readonly BatchEntryState[]) => {
          const events = new Map<string, TrackingEvent>();
          for (const { index, prediction } of states) {
            const key = keys[index];
            const token = key === undefined ? undefined : tokens.get(key);
            if (key === undefined || token === undefined) continue;
            if (prediction && !isFinal(prediction.status)) open.set(key, { id: prediction.id, batchId });
            else open.delete(key);
            const event: TrackingEvent = prediction
              ? { type: 'state', token, at: now(), prediction }
              : { type: 'failed', token, failure: expired };
            events.set(key, event);
          }
          options.emit(events);
        };
        await follow(batch, { onStates, signal: abort.signal });
      },
      end(): void {
        clearTimeout(slow);
        if (!waiting.has(abort)) for (const { key } of remaining()) attempts.delete(key);
      },
    };
  }

  async function attempt(chunk: readonly BatchImage[], retries: number): Promise<void> {
    const current = begin(chunk);
    const { abort, remaining, emit, fail } = current;
    const { signal } = abort;
    try {
      await limitChunks(async () => {
        const { sent, batch } = await limitUploads(async () => {
          const sent = await loadAll(remaining(), (image, code) => fail([image], finalFailure(code)));
          signal.throwIfAborted();
          if (sent.length === 0) return { sent, batch: null };
          onUpload(0);
          emit(sent, (token) => ({ type: 'sent', token, at: now() }));
          const files = sent.map(({ file }) => file);
          const onProgress = (share: number) => signal.aborted || onUpload(share);
          const batch = await droppable((request) => client.submit(files, { signal: request, onProgress }), {
            signal,
            onLate: ({ id }) => cancel('batches', id),
          });
          return { sent, batch };
        });
        if (!batch) return;
        const keys = sent.map(({ key }) => key);
        for (const [index, { id }] of batch.predictions.entries()) {
          const key = keys[index]!;
          if (attempts.get(key) === abort) open.set(key, { id, batchId: batch.id });
          else cancel('predictions', id);
        }
        await current.follow(batch, keys, { code: 'prediction-expired', retryable: true, retryAt: null });
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
      await limitChunks(() => current.follow({ id, total }, keys, finalFailure('prediction-expired')));
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
    /** Follows a batch that was sent before the page was loaded again. Its images cannot be sent once more. */
    resume: (batch: SentBatch) => void resume(batch),
    /** Sends many images, some chunks at a time, and follows them. */
    start(images: readonly BatchImage[]): void {
      for (const chunk of chunked(images)) void attempt(chunk, 0);
    },
    /** Leaves these images out from now on, and cancels those of their predictions that have not ended. */
    cancel(keys: readonly string[]): void {
      const affected = new Map<AbortController, { id: string; batchId: string }[]>();
      for (const key of keys) {
        const current = attempts.get(key);
        const prediction = open.get(key);
        attempts.delete(key);
        open.delete(key);
        if (!current) continue;
        const unwanted = affected.get(current) ?? [];
        affected.set(current, prediction ? [...unwanted, prediction] : unwanted);
      }
      const running = new Set(attempts.values());
      for (const [each, unwanted] of affected) {
        if (running.has(each)) {
          for (const { id } of unwanted) cancel('predictions', id);
          continue;
        }
        // The page has no other image of this batch: one request is enough.
        if (unwanted[0]) cancel('batches', unwanted[0].batchId);
        waiting.delete(each);
        each.abort();
      }
    },
    /** Sends again, at once, the failed batch of this image. Returns false when the image waits for no retry. */
    retry(key: string): boolean {
      const current = attempts.get(key);
      const again = current && waiting.get(current);
      again?.();
      return again !== undefined;
    },
    retryAll(): void {
      for (const again of [...waiting.values()]) again();
    },
  };
}
export type BatchTracker = ReturnType<typeof createBatchTracker>;

/** The images with their content in memory: one that cannot be read would break the request for all. */
async function loadAll(
  images: readonly BatchImage[],
  onFailure: (image: BatchImage, code: FailureCode) => void,
): Promise<readonly BatchImage[]> {
  const loaded = images.map(async (image) => {
    try {
      return [{ ...image, file: await loadFile(image.file) }];
    } catch (error) {
      if (!(error instanceof NoImageError)) throw error;
      onFailure(image, error.code);
      return [];
    }
  });
  return (await Promise.all(loaded)).flat();
}
