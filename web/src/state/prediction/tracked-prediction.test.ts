import { describe, expect, it } from 'vitest';
import { canceled, failedWith, queued, running, succeeded } from '../../testing/predictions.ts';
import {
  IDLE_PREDICTION,
  isPending,
  nextTracked,
  type TrackedPrediction,
  type TrackingEvent,
} from './tracked-prediction.ts';

const replay = (events: TrackingEvent[], from: TrackedPrediction = IDLE_PREDICTION) =>
  events.reduce(nextTracked, from);
const waiting = (token: number): TrackingEvent => ({ type: 'waiting', token });
const sent = (token: number, at = 0): TrackingEvent => ({ type: 'sent', token, at });
const state = (token: number, prediction = queued(), at = 0): TrackingEvent => ({
  type: 'state',
  token,
  at,
  prediction,
});
const refused = (token: number, retryable: boolean): TrackingEvent => ({
  type: 'failed',
  token,
  failure: { code: retryable ? 'queue-full' : 'too-large', retryable, retryAt: null },
});

const done3 = replay([waiting(1), sent(1, 100), state(1, queued(), 104), state(1, succeeded(3), 130)]);

describe('an attempt', () => {
  it('goes from waiting through sending and following to done', () => {
    const phases = [waiting(1), sent(1), state(1), state(1, running()), state(1, succeeded(3))].map(
      (_, index, events) => replay(events.slice(0, index + 1)).phase,
    );
    expect(phases).toEqual(['waiting', 'sending', 'following', 'following', 'done']);
  });

  it('measures its times from sending', () => {
    expect(done3.succeeded).toMatchObject({
      acceptedMs: 4,
      roundTripMs: 30,
      result: { predicted_digit: 3 },
    });
  });

  it('is followed on when it goes back to the queue', () => {
    const retried = replay([waiting(1), sent(1), state(1, running()), state(1, queued())]);
    expect(retried).toMatchObject({ phase: 'following', prediction: { status: 'queued' } });
  });

  it('is slow after a slow event, until it ends', () => {
    const slow = replay([waiting(1), sent(1), { type: 'slow', token: 1 }]);
    expect(slow.slow).toBe(true);
    expect(replay([state(1, succeeded(3))], slow).slow).toBe(false);
  });
});

it('tells of its own upload alone', () => {
  const upload = { sent: 1, total: 2 };
  const uploaded: TrackingEvent = { type: 'uploaded', token: 1, upload };
  expect(replay([waiting(1), sent(1), uploaded]).upload).toEqual(upload);
  expect(replay([waiting(1), sent(1), uploaded, waiting(2)]).upload).toBeNull();
  expect(replay([waiting(1), sent(1), waiting(2), uploaded]).upload).toBeNull();
});

describe('a prediction that this page did not send', () => {
  it('has the times that the service measured', () => {
    const linked = replay([waiting(1), state(1, succeeded(3), 30)]);
    expect(linked.succeeded).toMatchObject({ acceptedMs: null, roundTripMs: 20 });
  });
});

describe('an image of a batch', () => {
  it('is accepted before its state arrives', () => {
    const entry = { batchId: queued().id, total: 9, index: 4 };
    const accepted = replay([waiting(1), sent(1, 100), { type: 'accepted', token: 1, at: 140, entry }]);
    expect(accepted).toMatchObject({ phase: 'following', prediction: null, accepted: entry });
    const done = replay([state(1, queued(), 150), state(1, succeeded(3), 190)], accepted);
    expect(done.succeeded).toMatchObject({ acceptedMs: 40, roundTripMs: 90 });
    expect(done.accepted).toEqual(entry);
  });
});

describe('what the service knows an image by', () => {
  it('comes with acceptance, and stays until the image is sent again', () => {
    expect(replay([waiting(1), sent(1)]).accepted).toBeNull();
    const accepted = replay([waiting(1), sent(1), state(1, queued())]);
    expect(accepted.accepted).toEqual({ predictionId: queued().id });
    expect(replay([waiting(2)], accepted).accepted).toEqual({ predictionId: queued().id });
    expect(replay([waiting(2), sent(2)], accepted).accepted).toBeNull();
  });
});

describe('a late event', () => {
  it('is dropped when a newer attempt is under way', () => {
    const newer = replay([waiting(2), sent(2)], done3);
    expect(nextTracked(newer, state(1, succeeded(8)))).toBe(newer);
    expect(nextTracked(newer, refused(1, true))).toBe(newer);
    expect(nextTracked(newer, { type: 'slow', token: 1 })).toBe(newer);
    expect(nextTracked(newer, sent(1))).toBe(newer);
  });

  it('is dropped after the end: nothing leaves a final state', () => {
    expect(nextTracked(done3, state(1, running()))).toBe(done3);
    expect(nextTracked(done3, refused(1, false))).toBe(done3);
    expect(nextTracked(done3, { type: 'slow', token: 1 })).toBe(done3);
  });
});

describe('the last result', () => {
  it('stays in view while a newer attempt is under way', () => {
    const newer = replay([waiting(2), sent(2), state(2)], done3);
    expect(isPending(newer)).toBe(true);
    expect(newer.succeeded?.result.predicted_digit).toBe(3);
  });

  it('stays when a newer attempt may still succeed, and goes when it can not', () => {
    expect(replay([waiting(2), sent(2), refused(2, true)], done3).succeeded).not.toBeNull();
    expect(replay([waiting(2), sent(2), refused(2, false)], done3).succeeded).toBeNull();
    expect(replay([waiting(2), sent(2), state(2, failedWith('no-ink'))], done3).succeeded).toBeNull();
  });
});

describe('a failure', () => {
  it('carries the code of a failed prediction', () => {
    const failed = replay([waiting(1), sent(1), state(1, failedWith('no-ink'))]);
    expect(failed).toMatchObject({
      phase: 'failed',
      failure: { code: 'no-ink', retryable: false, retryAt: null },
    });
  });

  it('is what a canceled prediction ends with; it can be sent again', () => {
    const failed = replay([waiting(1), sent(1), state(1), state(1, canceled())]);
    expect(failed).toMatchObject({
      phase: 'failed',
      slow: false,
      failure: { code: 'canceled', retryable: true, retryAt: null },
    });
    expect(isPending(failed)).toBe(false);
  });

  it('stays in view during the next attempt when that may heal it, and goes when the api accepts the image', () => {
    const busy = replay([waiting(1), sent(1), refused(1, true)]);
    const again = replay([waiting(2), sent(2)], busy);
    expect(again.failure?.code).toBe('queue-full');
    expect(replay([state(2)], again).failure).toBeNull();
  });

  it('goes with the next attempt when no attempt can heal it', () => {
    const refusedForGood = replay([waiting(1), sent(1), refused(1, false)]);
    expect(replay([waiting(2)], refusedForGood).failure).toBeNull();
  });
});
