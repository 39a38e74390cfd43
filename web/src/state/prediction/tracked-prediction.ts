import { isFinal, type Prediction, type PredictionResult } from '@inkqueue/shared/contracts/prediction';
import type { Failure } from './failure.ts';

/**
 * One prediction as the page knows it: of the drawing, of an image, or of a link.
 *
 *   idle ──► waiting ──► sending ──► following ──► done
 *    │          ▲           │            │          │
 *    └──────────┼───────────┴──► failed ◄┘          │
 *               └──────────────────┴────────────────┘   (sent again)
 *
 * Every attempt has its own token. An event under another token than the current one is late, and dropped.
 */
export interface TrackedPrediction {
  token: number;
  phase: 'idle' | 'waiting' | 'sending' | 'following' | 'done' | 'failed';
  /** True when this attempt takes longer than people wait without a message. */
  slow: boolean;
  /** Milliseconds on the clock of `performance.now()`; null when this page did not send the image. */
  sentAt: number | null;
  acceptedAt: number;
  /** The upload that takes the image along, one object for all images in it; null where it is too small to tell of. */
  upload: Upload | null;
  /** The current attempt's latest state; null until the api has accepted it. */
  prediction: Prediction | null;
  /** By what the service knows the image: after a new load of the page it is found by this again. Null until accepted. */
  accepted: AcceptedImage | null;
  /** The last attempt that succeeded. It stays in view while a newer attempt is under way. */
  succeeded: SucceededPrediction | null;
  failure: Failure | null;
}

/** How much of an upload is on its way, in bytes. */
export interface Upload {
  sent: number;
  total: number;
}

/** An image that was sent alone, or an entry of a batch that has `total` of them. */
export type AcceptedImage = { predictionId: string } | BatchEntry;

export interface BatchEntry {
  batchId: string;
  total: number;
  index: number;
}

export interface SucceededPrediction {
  prediction: Prediction;
  result: PredictionResult;
  /** Milliseconds from sending the image to the api's acceptance; null when this page did not send it. */
  acceptedMs: number | null;
  /** Milliseconds from sending the image to the arrival of the result; as measured by the service when this page did not send it. */
  roundTripMs: number;
}

export type TrackingEvent =
  | { type: 'waiting'; token: number }
  | { type: 'sent'; token: number; at: number }
  /** The api has the image; its state comes later. */
  | { type: 'accepted'; token: number; at: number; entry: BatchEntry }
  | { type: 'state'; token: number; at: number; prediction: Prediction }
  | { type: 'uploaded'; token: number; upload: Upload }
  | { type: 'failed'; token: number; failure: Failure }
  | { type: 'slow'; token: number };

export const IDLE_PREDICTION: TrackedPrediction = {
  token: 0,
  phase: 'idle',
  slow: false,
  sentAt: null,
  acceptedAt: 0,
  upload: null,
  prediction: null,
  accepted: null,
  succeeded: null,
  failure: null,
};

/** Whether an attempt is under way. */
export function isPending({ phase }: TrackedPrediction): boolean {
  return phase === 'waiting' || phase === 'sending' || phase === 'following';
}

/** Whether a result that is still in view is not the answer: the attempt after it failed, or takes long. */
export function isStale({ failure, slow }: TrackedPrediction): boolean {
  return failure !== null || slow;
}

/** The prediction after `event`; the same object when the event is late or changes nothing. */
export function nextTracked(tracked: TrackedPrediction, event: TrackingEvent): TrackedPrediction {
  if (event.type === 'waiting' || event.type === 'sent') {
    if (event.token < tracked.token) return tracked;
    return {
      ...tracked,
      token: event.token,
      phase: event.type === 'sent' ? 'sending' : 'waiting',
      slow: false,
      upload: null,
      sentAt: event.type === 'sent' ? event.at : tracked.sentAt,
      prediction: null,
      accepted: event.type === 'sent' ? null : tracked.accepted,
      // A failure that the next attempt may heal stays in view until it has: no flicker between two attempts.
      failure: tracked.failure?.retryable ? tracked.failure : null,
    };
  }
  if (event.token !== tracked.token || !isPending(tracked)) return tracked;
  switch (event.type) {
    case 'slow':
      return { ...tracked, slow: true };
    case 'uploaded':
      return { ...tracked, upload: event.upload };
    case 'accepted':
      return { ...tracked, phase: 'following', acceptedAt: event.at, accepted: event.entry, failure: null };
    case 'failed':
      return fail(tracked, event.failure);
    case 'state':
      return advance(tracked, event.prediction, event.at);
  }
}

function fail(tracked: TrackedPrediction, failure: Failure): TrackedPrediction {
  const succeeded = failure.retryable ? tracked.succeeded : null;
  return { ...tracked, phase: 'failed', slow: false, failure, succeeded };
}

function advance(before: TrackedPrediction, prediction: Prediction, at: number): TrackedPrediction {
  const tracked =
    before.phase === 'following'
      ? before
      : { ...before, acceptedAt: at, accepted: before.accepted ?? { predictionId: prediction.id } };
  if (!isFinal(prediction.status)) {
    return { ...tracked, phase: 'following', prediction, failure: null };
  }
  if (prediction.result === null) {
    const { code, retryable, detail } = prediction.error ?? { code: 'unexpected-response', retryable: true };
    return fail({ ...tracked, prediction }, { code, retryable, retryAt: null, detail });
  }
  const succeeded = {
    prediction,
    result: prediction.result,
    acceptedMs: tracked.sentAt === null ? null : tracked.acceptedAt - tracked.sentAt,
    roundTripMs: tracked.sentAt === null ? serviceMs(prediction) : at - tracked.sentAt,
  };
  return { ...tracked, phase: 'done', slow: false, prediction, succeeded, failure: null };
}

function serviceMs(prediction: Prediction): number {
  return Date.parse(prediction.finished_at ?? prediction.created_at) - Date.parse(prediction.created_at);
}
