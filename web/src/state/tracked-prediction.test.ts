import { describe, expect, it } from 'vitest';
import { failedWith, queued, running, succeeded } from '../testing/predictions.ts';
import {
  idleReading,
  isPending,
  nextReading,
  type Reading,
  type ReadingEvent,
} from './tracked-prediction.ts';

const replay = (events: ReadingEvent[], from: Reading = idleReading) => events.reduce(nextReading, from);
const waiting = (token: number): ReadingEvent => ({ type: 'waiting', token });
const sent = (token: number, at = 0): ReadingEvent => ({ type: 'sent', token, at });
const state = (token: number, prediction = queued(), at = 0): ReadingEvent => ({
  type: 'state',
  token,
  at,
  prediction,
});
const refused = (token: number, retryable: boolean): ReadingEvent => ({
  type: 'failed',
  token,
  failure: { code: retryable ? 'queue-full' : 'too-large', retryable, retryAt: null },
});

const answered3 = replay([waiting(1), sent(1, 100), state(1, queued(), 104), state(1, succeeded(3), 130)]);

describe('an attempt', () => {
  it('goes from waiting over sending and following to done', () => {
    const phases = [waiting(1), sent(1), state(1), state(1, running()), state(1, succeeded(3))].map(
      (_, index, events) => replay(events.slice(0, index + 1)).phase,
    );
    expect(phases).toEqual(['waiting', 'sending', 'following', 'following', 'done']);
  });

  it('measures its way from sending on', () => {
    expect(answered3.answer).toMatchObject({
      acceptedMs: 4,
      roundTripMs: 30,
      result: { predicted_digit: 3 },
    });
  });

  it('that comes back to the queue is followed on', () => {
    const retried = replay([waiting(1), sent(1), state(1, running()), state(1, queued())]);
    expect(retried).toMatchObject({ phase: 'following', prediction: { status: 'queued' } });
  });

  it('is slow once told so, until it ends', () => {
    const slow = replay([waiting(1), sent(1), { type: 'slow', token: 1 }]);
    expect(slow.slow).toBe(true);
    expect(replay([state(1, succeeded(3))], slow).slow).toBe(false);
  });
});

describe('a prediction that another has sent', () => {
  it('is timed by the service', () => {
    const { answer } = replay([waiting(1), state(1, succeeded(3), 30)]);
    expect(answer).toMatchObject({ acceptedMs: null, roundTripMs: 20 });
  });
});

describe('a picture of a batch', () => {
  it('is accepted before its state is known', () => {
    const accepted = replay([waiting(1), sent(1, 100), { type: 'accepted', token: 1, at: 140 }]);
    expect(accepted).toMatchObject({ phase: 'following', prediction: null });
    const done = replay([state(1, queued(), 150), state(1, succeeded(3), 190)], accepted);
    expect(done.answer).toMatchObject({ acceptedMs: 40, roundTripMs: 90 });
  });
});

describe('what comes late', () => {
  it('is dropped when a newer attempt is under way', () => {
    const newer = replay([waiting(2), sent(2)], answered3);
    expect(nextReading(newer, state(1, succeeded(8)))).toBe(newer);
    expect(nextReading(newer, refused(1, true))).toBe(newer);
    expect(nextReading(newer, { type: 'slow', token: 1 })).toBe(newer);
    expect(nextReading(newer, sent(1))).toBe(newer);
  });

  it('is dropped after the end: a final state is never left', () => {
    expect(nextReading(answered3, state(1, running()))).toBe(answered3);
    expect(nextReading(answered3, refused(1, false))).toBe(answered3);
    expect(nextReading(answered3, { type: 'slow', token: 1 })).toBe(answered3);
  });
});

describe('the last answer', () => {
  it('stays in view while a newer attempt is under way', () => {
    const newer = replay([waiting(2), sent(2), state(2)], answered3);
    expect(isPending(newer)).toBe(true);
    expect(newer.answer?.result.predicted_digit).toBe(3);
  });

  it('stays when a newer attempt may still succeed, and goes when it can not', () => {
    expect(replay([waiting(2), sent(2), refused(2, true)], answered3).answer).not.toBeNull();
    expect(replay([waiting(2), sent(2), refused(2, false)], answered3).answer).toBeNull();
    expect(replay([waiting(2), sent(2), state(2, failedWith('no-ink'))], answered3).answer).toBeNull();
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

  it('stays in view during the next try when that may heal it, and goes with the api’s acceptance', () => {
    const busy = replay([waiting(1), sent(1), refused(1, true)]);
    const again = replay([waiting(2), sent(2)], busy);
    expect(again.failure?.code).toBe('queue-full');
    expect(replay([state(2)], again).failure).toBeNull();
  });

  it('that can not be healed goes with the next try', () => {
    const refusedForGood = replay([waiting(1), sent(1), refused(1, false)]);
    expect(replay([waiting(2)], refusedForGood).failure).toBeNull();
  });
});
