import { isFinal, type Prediction } from '@inkqueue/shared/contracts/prediction';
import type { Cancel } from '../../api/cancel.ts';
import { delay } from '../../api/delay.ts';
import type { ImageAddress, PredictionClient } from '../../api/predictions.ts';
import { RequestFailure } from '../../api/request-failure.ts';
import type { Subscriptions } from '../../api/subscriptions.ts';
import type { OnProgress } from '../../api/upload.ts';
import { type Failure, finalFailure, NoImageError } from '../../state/prediction/failure.ts';
import type { TrackingEvent } from '../../state/prediction/tracked-prediction.ts';
import { createConcurrencyLimit } from './concurrency-limit.ts';
import { droppable } from './droppable.ts';
import { resendPauseMs } from './resend-pause.ts';

/** People wait this long without a message. */
const SLOW_MS = 500;
/** Browsers open six connections to one origin; the drawing must not wait behind a pile of images. */
const UPLOADS_AT_ONCE = 3;
/** A smaller upload has ended before its progress can be read. */
const TOLD_BYTES = 100_000;
/** A place in the queue changes without an event: the page asks for it, first once somebody has waited for it. */
const PLACE_FIRST_MS = SLOW_MS;
const PLACE_INTERVAL_MS = 2000;

export interface ImageRequest {
  key: string;
  /** Called when it is the image's turn, and again for each try. Throws `NoImageError`. */
  image: () => Promise<Blob | ImageAddress>;
}

/** A prediction that already exists. */
interface LinkRequest {
  key: string;
  id: string;
}

type TrackingRequest = ImageRequest | LinkRequest;

interface Attempt {
  token: number;
  request: TrackingRequest;
  retries: number;
  abort: AbortController;
  /** Id of its prediction, while that has not ended as far as the page knows; else null. */
  openId: string | null;
  /** The last status that the page knows of it. */
  status: Prediction['status'] | null;
}

/** Takes images through the api, one prediction each, and reports each step to the page as a tracking event. */
export function createPredictionTracker(options: {
  client: Pick<PredictionClient, 'submit' | 'find'>;
  /** Finds a prediction, for its place in the queue. */
  findPlace: PredictionClient['find'];
  cancel: Cancel;
  subscribe: Subscriptions['subscribe'];
  emit: (key: string, event: TrackingEvent) => void;
  now: () => number;
}) {
  const { client, findPlace, subscribe, now } = options;
  const attempts = new Map<string, Attempt>();
  const limitUploads = createConcurrencyLimit(UPLOADS_AT_ONCE);
  let tokens = 0;

  function drop(key: string): number {
    attempts.get(key)?.abort.abort();
    attempts.delete(key);
    tokens += 1;
    return tokens;
  }

  function cancel(key: string): number {
    const openId = attempts.get(key)?.openId;
    if (openId) options.cancel('predictions', openId);
    return drop(key);
  }

  async function attempt(request: TrackingRequest, retries: number): Promise<void> {
    const token = 'id' in request ? drop(request.key) : cancel(request.key);
    const abort = new AbortController();
    const { signal } = abort;
    const current: Attempt = { token, request, retries, abort, openId: null, status: null };
    attempts.set(request.key, current);
    const emit = (event: TrackingEvent) => options.emit(request.key, event);
    const advance = (prediction: Prediction) => {
      current.openId = isFinal(prediction.status) ? null : prediction.id;
      current.status = prediction.status;
      emit({ type: 'state', token, at: now(), prediction });
    };
    emit({ type: 'waiting', token });
    const slow = setTimeout(() => emit({ type: 'slow', token }), SLOW_MS);
    try {
      const accepted = await ('id' in request
        ? client.find(request.id, signal)
        : submit(request, signal, {
            onSent: () => emit({ type: 'sent', token, at: now() }),
            onProgress(upload) {
              if (upload.total >= TOLD_BYTES && !signal.aborted) emit({ type: 'uploaded', token, upload });
            },
          }));
      signal.throwIfAborted();
      advance(accepted);
      if (isFinal(accepted.status)) return;
      void watchPlace(current, accepted.id, advance);
      await new Promise<void>((resolve, reject) => {
        const unsubscribe = subscribe(
          { topic: 'prediction', id: accepted.id },
          {
            snapshot(prediction) {
              advance(prediction);
              if (isFinal(prediction.status)) resolve();
            },
            failed: reject,
          },
        );
        signal.addEventListener('abort', () => {
          unsubscribe();
          reject(signal.reason);
        });
      });
    } catch (error) {
      if (signal.aborted) return;
      current.openId = null;
      emit({ type: 'failed', token, failure: toFailure(error, token, request, retries) });
      // A bug, or a browser that lacks what the page needs: said on the page, and reported as an error.
      if (!isExpected(error)) throw error;
    } finally {
      clearTimeout(slow);
    }
  }

  /** Asks for a prediction's place in the queue, again and again while it waits there. */
  async function watchPlace(
    current: Attempt,
    id: string,
    onPlace: (prediction: Prediction) => void,
  ): Promise<void> {
    const { signal } = current.abort;
    try {
      for (let pauseMs = PLACE_FIRST_MS; ; pauseMs = PLACE_INTERVAL_MS) {
        await delay(pauseMs, signal);
        if (signal.aborted || current.openId === null) return;
        if (current.status !== 'queued') continue;
        const found = await findPlace(id, signal);
        // Whatever else has happened meanwhile comes by the subscription.
        if (current.status === 'queued' && found.status === 'queued') onPlace(found);
      }
    } catch (error) {
      // Without it the place is not shown; the subscription says what is wrong.
      if (!signal.aborted && !(error instanceof RequestFailure)) throw error;
    }
  }

  function submit(
    { image }: ImageRequest,
    signal: AbortSignal,
    { onSent, onProgress }: { onSent: () => void; onProgress: OnProgress },
  ): Promise<Prediction> {
    return limitUploads(async () => {
      signal.throwIfAborted();
      const sent = await image();
      signal.throwIfAborted();
      onSent();
      return droppable((request) => client.submit(sent, { signal: request, onProgress }), {
        signal,
        onLate: ({ id, status }) => {
          if (!isFinal(status)) options.cancel('predictions', id);
        },
      });
    });
  }

  /** The failure to report; when it is worth a retry, that is planned. */
  function toFailure(error: unknown, token: number, request: TrackingRequest, retries: number): Failure {
    if (error instanceof NoImageError) return finalFailure(error.code);
    if (!(error instanceof RequestFailure)) return finalFailure('page-error');
    const { code, retryable, detail } = error;
    // The one request of this page that may be invalid.
    if (code === 'invalid-request') return finalFailure('address-refused');
    const pauseMs = resendPauseMs(error, retries);
    if (pauseMs === null) return { code, retryable, retryAt: null, detail };
    setTimeout(() => {
      if (attempts.get(request.key)?.token === token) void attempt(request, retries + 1);
    }, pauseMs);
    return { code, retryable, retryAt: now() + pauseMs };
  }

  return {
    /**
     * Sends an image, or finds a prediction, and follows it; drops the attempt under way with the same key, whose prediction
     * a newer image cancels. Resolves when the attempt has ended, well or not.
     */
    start: (request: TrackingRequest) => attempt(request, 0),
    /** Tries a failed attempt again, at once. */
    retry(key: string): void {
      const failed = attempts.get(key);
      if (failed) void attempt(failed.request, 0);
    },
    /** What was sent with this key; null where only its prediction is known. */
    imageOf(key: string): ImageRequest['image'] | null {
      const request = attempts.get(key)?.request;
      return request && 'image' in request ? request.image : null;
    },
    /** Drops the attempt under way with this key. Returns a token that no earlier attempt has. */
    drop,
    /** The same where its image is no longer wanted: a prediction that has not ended is canceled. */
    cancel,
  };
}
export type PredictionTracker = ReturnType<typeof createPredictionTracker>;

function isExpected(error: unknown): boolean {
  return error instanceof NoImageError || error instanceof RequestFailure;
}
