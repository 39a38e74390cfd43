import { isFinal, type Prediction } from '@inkqueue/shared/contracts/prediction';
import type { Follower } from '../api/follower.ts';
import type { PredictionClient } from '../api/predictions.ts';
import { RequestFailure } from '../api/request-failure.ts';
import type { Failure } from '../state/failure.ts';
import type { ReadingEvent } from '../state/tracked-prediction.ts';
import { createLanes } from './concurrency-limit.ts';
import { retryPause } from './retries.ts';

/** People wait this long without a word. */
const SLOW_MS = 500;
/** Browsers open six connections to one origin; drawing must not stand behind a pile of pictures. */
const UPLOADS_AT_ONCE = 3;

interface PictureRequest {
  key: string;
  /** Called when the picture's turn has come, and again for each try. */
  picture: () => Promise<Blob>;
}

/** A prediction that somebody has sent before. */
interface LinkRequest {
  key: string;
  id: string;
}

export type ReadRequest = PictureRequest | LinkRequest;

export interface Reader {
  /** Has a picture read, or a prediction found and followed; a read under way with the same key is dropped. Resolves when it has ended, well or not. */
  read: (request: ReadRequest) => Promise<void>;
  /** Tries a failed reading again, at once. */
  retry: (key: string) => void;
  /** Drops what is under way with this key. Returns a token that no earlier attempt has. */
  drop: (key: string) => number;
}

interface Attempt {
  token: number;
  request: ReadRequest;
  retries: number;
  abort: AbortController;
}

/** Takes pictures through the api and tells the page each step, as reading events. */
export function createReader(options: {
  client: Pick<PredictionClient, 'submit' | 'find'>;
  follower: Follower;
  emit: (key: string, event: ReadingEvent) => void;
  now: () => number;
}): Reader {
  const { client, follower, now } = options;
  const attempts = new Map<string, Attempt>();
  const inLane = createLanes(UPLOADS_AT_ONCE);
  let tokens = 0;

  function drop(key: string): number {
    attempts.get(key)?.abort.abort();
    attempts.delete(key);
    tokens += 1;
    return tokens;
  }

  async function attempt(request: ReadRequest, retries: number): Promise<void> {
    const token = drop(request.key);
    const { signal } = register({ token, request, retries, abort: new AbortController() });
    const emit = (event: ReadingEvent) => options.emit(request.key, event);
    emit({ type: 'waiting', token });
    const slow = setTimeout(() => emit({ type: 'slow', token }), SLOW_MS);
    try {
      const accepted = await ('id' in request
        ? client.find(request.id, signal)
        : submit(request, signal, () => emit({ type: 'sent', token, at: now() })));
      signal.throwIfAborted();
      emit({ type: 'state', token, at: now(), prediction: accepted });
      if (isFinal(accepted.status)) return;
      await new Promise<void>((resolve, reject) => {
        const stop = follower.follow(accepted.id, {
          state(prediction) {
            emit({ type: 'state', token, at: now(), prediction });
            if (prediction.finished_at !== null) resolve();
          },
          failed: reject,
        });
        signal.addEventListener('abort', () => {
          stop();
          reject(signal.reason);
        });
      });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestFailure)) throw error;
      emit({ type: 'failed', token, failure: planRetry(request, retries, token, error) });
    } finally {
      clearTimeout(slow);
    }
  }

  function submit({ picture }: PictureRequest, signal: AbortSignal, onSent: () => void): Promise<Prediction> {
    return inLane(async () => {
      signal.throwIfAborted();
      const blob = await picture();
      onSent();
      return client.submit(blob, signal);
    });
  }

  function register(entry: Attempt): { signal: AbortSignal } {
    attempts.set(entry.request.key, entry);
    return entry.abort;
  }

  function planRetry(request: ReadRequest, retries: number, token: number, error: RequestFailure): Failure {
    const { code, retryable } = error;
    const pause = retryPause(error, retries);
    if (pause === null) return { code, retryable, retryAt: null };
    setTimeout(() => {
      if (attempts.get(request.key)?.token === token) void attempt(request, retries + 1);
    }, pause);
    return { code, retryable, retryAt: now() + pause };
  }

  return {
    read: (request) => attempt(request, 0),
    retry(key) {
      const failed = attempts.get(key);
      if (failed) void attempt(failed.request, 0);
    },
    drop,
  };
}
