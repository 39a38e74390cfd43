import { isFinal, type Prediction, type PredictionResult } from '@inkqueue/shared/contracts/prediction';
import type { Failure } from './failure.ts';

/**
 * One picture on its way to an answer.
 *
 *   idle ──► waiting ──► sending ──► following ──► done
 *    │          ▲           │            │          │
 *    └──────────┼───────────┴──► failed ◄┘          │
 *               └──────────────────┴────────────────┘   (sent again)
 *
 * Every attempt has its own token. What arrives under another token than the current one is late, and dropped.
 */
export interface Reading {
  token: number;
  phase: 'idle' | 'waiting' | 'sending' | 'following' | 'done' | 'failed';
  /** True when this attempt has taken longer than people wait without a word. */
  slow: boolean;
  /** Milliseconds on the clock of `performance.now()`; null where this page has not sent the picture. */
  sentAt: number | null;
  acceptedAt: number;
  /** The current attempt's latest state; null until the api has accepted it. */
  prediction: Prediction | null;
  /** The last answer. It stays in view while a newer attempt is under way. */
  answer: Answer | null;
  failure: Failure | null;
}

export interface Answer {
  prediction: Prediction;
  result: PredictionResult;
  /** From sending to the api's word that the picture is in the queue, in milliseconds; null where another has sent it. */
  acceptedMs: number | null;
  /** From sending to the answer's arrival, in milliseconds, as this browser saw it; else as the service saw it. */
  roundTripMs: number;
}

export type ReadingEvent =
  | { type: 'waiting'; token: number }
  | { type: 'sent'; token: number; at: number }
  /** The api has the picture; its state comes later. */
  | { type: 'accepted'; token: number; at: number }
  | { type: 'state'; token: number; at: number; prediction: Prediction }
  | { type: 'failed'; token: number; failure: Failure }
  | { type: 'slow'; token: number };

export const idleReading: Reading = {
  token: 0,
  phase: 'idle',
  slow: false,
  sentAt: null,
  acceptedAt: 0,
  prediction: null,
  answer: null,
  failure: null,
};

/** Whether an attempt is under way. */
export function isPending(reading: Reading): boolean {
  return reading.phase === 'waiting' || reading.phase === 'sending' || reading.phase === 'following';
}

/** The reading after `event`; the same object when the event is late or changes nothing. */
export function nextReading(reading: Reading, event: ReadingEvent): Reading {
  if (event.type === 'waiting' || event.type === 'sent') {
    if (event.token < reading.token) return reading;
    return {
      ...reading,
      token: event.token,
      phase: event.type === 'sent' ? 'sending' : 'waiting',
      slow: false,
      sentAt: event.type === 'sent' ? event.at : reading.sentAt,
      prediction: null,
      // A failure that the next attempt may heal stays in view until it has: no flicker between two tries.
      failure: reading.failure?.retryable ? reading.failure : null,
    };
  }
  if (event.token !== reading.token || !isPending(reading)) return reading;
  switch (event.type) {
    case 'slow':
      return { ...reading, slow: true };
    case 'accepted':
      return { ...reading, phase: 'following', acceptedAt: event.at, failure: null };
    case 'failed':
      return fail(reading, event.failure);
    case 'state':
      return advance(reading, event.prediction, event.at);
  }
}

function fail(reading: Reading, failure: Failure): Reading {
  const answer = failure.retryable ? reading.answer : null;
  return { ...reading, phase: 'failed', slow: false, failure, answer };
}

function advance(before: Reading, prediction: Prediction, at: number): Reading {
  const reading = before.phase !== 'following' ? { ...before, acceptedAt: at } : before;
  if (!isFinal(prediction.status)) {
    return { ...reading, phase: 'following', prediction, failure: null };
  }
  if (prediction.result === null) {
    const code = prediction.error?.code ?? 'unexpected-answer';
    return fail(
      { ...reading, prediction },
      { code, retryable: prediction.error?.retryable ?? true, retryAt: null },
    );
  }
  const answer = {
    prediction,
    result: prediction.result,
    acceptedMs: reading.sentAt === null ? null : reading.acceptedAt - reading.sentAt,
    roundTripMs: reading.sentAt === null ? servedMs(prediction) : at - reading.sentAt,
  };
  return { ...reading, phase: 'done', slow: false, prediction, answer, failure: null };
}

function servedMs(prediction: Prediction): number {
  return Date.parse(prediction.finished_at ?? prediction.created_at) - Date.parse(prediction.created_at);
}
