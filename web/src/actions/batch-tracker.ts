import type { BatchClient } from '../api/batches.ts';
import type { BatchEntryState, FollowBatch } from '../api/follow-batch.ts';
import { RequestFailure } from '../api/request-failure.ts';
import { type Failure, type FailureCode, finalFailure, NoImageError } from '../state/failure.ts';
import type { TrackingEvent } from '../state/tracked-prediction.ts';
import { chunked } from './chunks.ts';
import { createConcurrencyLimit } from './concurrency-limit.ts';
import { loadFile } from './load-file.ts';
import { resendPauseMs } from './resend-pause.ts';

/** People wait this long without a message. */
const SLOW_MS = 500;
/** Chunks that are uploaded or followed. Only one is uploaded at a time, while the workers process those before it. */
const CHUNKS_AT_ONCE = 4;
const EXPIRED: Failure = { code: 'prediction-expired', retryable: true, retryAt: null };

interface BatchImage {
  key: string;
  file: File;
}

/** Takes many images through the api in batches and reports each step of each to the page as a tracking event. */
export function createBatchTracker(options: {
  client: Pick<BatchClient, 'submit'>;
  follow: FollowBatch;
  /** Drops an earlier attempt with this key; returns the token of a new one. */
  takeToken: (key: string) => number;
  emit: (events: ReadonlyMap<string, TrackingEvent>) => void;
  onUpload: (share: number) => void;
  now: () => number;
}) {
  const { client, follow, now, onUpload } = options;
  const limitChunks = createConcurrencyLimit(CHUNKS_AT_ONCE);
  const limitUploads = createConcurrencyLimit(1);
  /** The current attempt of each image. */
  const attempts = new Map<string, AbortController>();
  /** Failed attempts that wait for their retry, with the function that starts it at once. */
  const waiting = new Map<AbortController, () => void>();

  async function attempt(chunk: readonly BatchImage[], retries: number): Promise<void> {
    const abort = new AbortController();
    const { signal } = abort;
    const tokens = new Map(chunk.map(({ key }) => [key, options.takeToken(key)]));
    for (const { key } of chunk) attempts.set(key, abort);
    const remaining = () => chunk.filter(({ key }) => attempts.get(key) === abort);
    const emit = (images: readonly BatchImage[], event: (token: number) => TrackingEvent) =>
      options.emit(new Map(images.map(({ key }) => [key, event(tokens.get(key)!)])));
    const fail = (images: readonly BatchImage[], failure: Failure) =>
      emit(images, (token) => ({ type: 'failed', token, failure }));
    const report = (images: readonly BatchImage[], states: readonly BatchEntryState[]) => {
      const events = states.map(({ index, prediction }): [string, TrackingEvent] => {
        const { key } = images[index]!;
        const token = tokens.get(key)!;
        const event: TrackingEvent = prediction
          ? { type: 'state', token, at: now(), prediction }
          : { type: 'failed', token, failure: EXPIRED };
        return [key, event];
      });
      options.emit(new Map(events));
    };

    emit(chunk, (token) => ({ type: 'waiting', token }));
    const slow = setTimeout(() => emit(chunk, (token) => ({ type: 'slow', token })), SLOW_MS);
    try {
      await limitChunks(async () => {
        const { sent, batch } = await limitUploads(async () => {
          const sent = await loadAll(remaining(), (image, code) => fail([image], finalFailure(code)));
          signal.throwIfAborted();
          if (sent.length === 0) return { sent, batch: null };
          onUpload(0);
          emit(sent, (token) => ({ type: 'sent', token, at: now() }));
          const files = sent.map(({ file }) => file);
          return { sent, batch: await client.submit(files, { signal, onProgress: onUpload }) };
        });
        if (!batch) return;
        emit(sent, (token) => ({ type: 'accepted', token, at: now() }));
        await follow(batch, { onStates: (states) => report(sent, states), signal });
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
      clearTimeout(slow);
      for (const { key } of remaining()) if (!waiting.has(abort)) attempts.delete(key);
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

  return {
    /** Sends many images, some chunks at a time, and follows them. */
    start(images: readonly BatchImage[]): void {
      for (const chunk of chunked(images)) void attempt(chunk, 0);
    },
    /** Leaves these images out from now on. */
    drop(keys: readonly string[]): void {
      const affected = new Set<AbortController>();
      for (const key of keys) {
        const current = attempts.get(key);
        if (current) affected.add(current);
        attempts.delete(key);
      }
      const running = new Set(attempts.values());
      for (const each of affected) {
        if (running.has(each)) continue;
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
